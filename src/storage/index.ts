/** What the rest of the house imports from storage. */

export { newId } from './ids'
export { openStorage } from './storage'
export * from './types'
