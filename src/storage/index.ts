/** What the rest of the house imports from storage. */

export { HISTORY_LIMITS } from './history/historyLog'
export * from './photoTypes'
export { openStorage } from './storage'
export * from './types'
