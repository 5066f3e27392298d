/** The editor's front door. */

export { createEditor, type EditorOptions } from './createEditor'
export * from './document'
export type { Timeline } from './history'
export { meanFaceLines, modelBitmap, modelInkLines, standInLines } from './modelInk'
export { pageInk } from './pageInk'
export { greyOf, type InkLine, inkLineOf, rasterize, strokeToInkLine } from './rasterizer'
export { DEFAULT_SETTINGS, SETTING_RANGES } from './settings'
export * from './types'
