/** What the rest of the house imports from storage. */

export * from './photoTypes'
export { openStorage } from './storage'
export * from './types'
