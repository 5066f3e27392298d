/** What the rest of the house imports from import and export. */

export { importFile } from './importFile'
export { exportDatabase, exportProject, readStrokes } from './project'
export { exportSvg } from './svg/exportSvg'
export * from './types'
