/** What the rest of the house imports from storage. */

export { openStorage } from './storage'
export * from './types'
