/**
 * What can leave the studio, one declaration each: its name and icon in the menus, its options, and how the file is made. A new format is one more entry
 * of `EXPORT_FORMATS`; the menus show whatever is there.
 */

import type { SketchDocument } from '../editor/document'
import type { Editor } from '../editor/types'
import { storedTolerance } from '../faces/toleranceChoice'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { Reference } from '../features/studio/reference/reference'
import type { IconName } from '../features/ui/Icon'
import type { Messages } from '../features/ui/i18n/messages'
import { StudioError } from '../shared/errors'
import { SKETCH_SIZE_PX } from '../shared/units'
import { exportDatabase, exportProject, exportSvg } from '../storage/exchange'
import type { Project } from '../storage/exchange/types'
import type { StudioStorage } from '../storage/types'
import { fileBase, localDay } from './fileNames'
import { facePng, sideBySidePng, sketchPng } from './pictures'
import { layeredPsd } from './psd'

export interface ExportParts {
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly reference: Reference
  readonly storage: StudioStorage
  readonly messages: () => Messages
  /** Waits until what is on the page is in the database. */
  readonly flush: () => Promise<void>
}

export interface ExportedFile {
  readonly blob: Blob
  readonly fileName: string
}

export interface ExportFormat<Id extends string = string, Options extends object = object> {
  readonly id: Id
  /** Formats of one group stand together in the menus. */
  readonly group: 'drawing' | 'face' | 'database'
  readonly icon?: IconName
  readonly name: (m: Messages) => string
  readonly needsFace?: boolean
  /** Their defaults. */
  readonly options: Options
  make(parts: ExportParts, options?: Partial<Options>): Promise<ExportedFile>
}

/** Sides of pictures in pixels: enough to print a drawing across a page. */
const PICTURE = { sidePx: 1024 }

const sketchPngFormat = {
  id: 'sketchPng',
  group: 'drawing',
  icon: 'download',
  name: (m) => m.file.sketchPng,
  options: PICTURE,
  make: async (parts, { sidePx = PICTURE.sidePx } = {}) => {
    const { strokes, name } = documentOf(parts)
    return { blob: await sketchPng(strokes, sidePx), fileName: `${fileBase(name)}.png` }
  },
} as const satisfies ExportFormat<string, typeof PICTURE>

const sketchSvgFormat = {
  id: 'sketchSvg',
  group: 'drawing',
  name: (m) => m.file.sketchSvg,
  options: {},
  make: async (parts) => {
    const document = documentOf(parts)
    return { blob: new Blob([exportSvg(document)], { type: 'image/svg+xml' }), fileName: `${fileBase(document.name)}.svg` }
  },
} as const satisfies ExportFormat

const projectFormat = {
  id: 'project',
  group: 'drawing',
  name: (m) => m.file.project,
  options: {},
  make: async (parts) => {
    const { look, tolerance } = parts.faceLoop.store.getState()
    return projectFile({ document: documentOf(parts), look, ...storedTolerance(tolerance) })
  },
} as const satisfies ExportFormat

const facePngFormat = {
  id: 'facePng',
  group: 'face',
  icon: 'download',
  name: (m) => m.file.facePng,
  needsFace: true,
  options: { scale: 1 },
  make: async (parts, { scale = 1 } = {}) => {
    const document = documentOf(parts)
    const face = settledFace(parts)
    return { blob: await facePng(face, titleOf(document), scale * face.sizePx), fileName: `${fileBase(document.name)}-face.png` }
  },
} as const satisfies ExportFormat<string, { scale: number }>

const sideBySideFormat = {
  id: 'sideBySide',
  group: 'face',
  name: (m) => m.file.sideBySide,
  needsFace: true,
  options: PICTURE,
  make: async (parts, { sidePx = PICTURE.sidePx } = {}) => {
    const document = documentOf(parts)
    const blob = await sideBySidePng(document.strokes, settledFace(parts), titleOf(document), sidePx)
    return { blob, fileName: `${fileBase(document.name)}-both.png` }
  },
} as const satisfies ExportFormat<string, typeof PICTURE>

const psdFormat = {
  id: 'psd',
  group: 'face',
  name: (m) => m.file.psd,
  options: PICTURE,
  make: async (parts, { sidePx = PICTURE.sidePx } = {}) => {
    const document = documentOf(parts)
    const pictures = { face: parts.faceLoop.settled(), reference: parts.reference.store.getState() }
    const blob = await layeredPsd(document.strokes, pictures, titleOf(document), parts.messages().file.layers, sidePx)
    return { blob, fileName: `${fileBase(document.name)}.psd` }
  },
} as const satisfies ExportFormat<string, typeof PICTURE>

const databaseFormat = {
  id: 'database',
  group: 'database',
  icon: 'download',
  name: (m) => m.file.database,
  options: {},
  make: async ({ flush, storage }) => {
    await flush()
    return { blob: await exportDatabase(storage.sketches), fileName: `face-studio-${localDay(new Date())}.json` }
  },
} as const satisfies ExportFormat

export const EXPORT_FORMATS = [
  sketchPngFormat,
  sketchSvgFormat,
  projectFormat,
  facePngFormat,
  sideBySideFormat,
  psdFormat,
  databaseFormat,
] as const
export type ExportId = (typeof EXPORT_FORMATS)[number]['id']
/** What is copied as a picture too. */
export const COPIED = ['sketchPng', 'facePng', 'sideBySide'] as const satisfies readonly ExportId[]
export type PictureId = (typeof COPIED)[number]

/** Pixels a side at each size: a drawing is inked anew at any, a face has the model's own and is enlarged from there. */
export const PICTURE_SCALES = [1, 2, 4] as const
export type PictureScale = (typeof PICTURE_SCALES)[number]

export function pictureOptions(id: PictureId, scale: PictureScale): object {
  return id === 'facePng' ? { scale } : { sidePx: scale * SKETCH_SIZE_PX }
}

export function exportFormat(id: ExportId): ExportFormat<ExportId> {
  const format = EXPORT_FORMATS.find((candidate) => candidate.id === id)
  if (!format) throw new StudioError('bad-request', `There is no format "${id}".`)
  return format
}

/** One sketch as a project file. */
export function projectFile(project: Project): ExportedFile {
  const blob = new Blob([exportProject(project)], { type: 'application/json' })
  return { blob, fileName: `${fileBase(project.document.name)}.json` }
}

/** For a picture's file: name and id. */
const titleOf = ({ name, id }: SketchDocument): string => (name ? `${name} (${id})` : id)

const documentOf = ({ editor }: ExportParts) => editor.documentStore.getState().document

function settledFace({ faceLoop, messages }: ExportParts) {
  const face = faceLoop.settled()
  if (!face) throw new StudioError('bad-request', messages().file.noFace)
  return face
}
