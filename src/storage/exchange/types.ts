/** The contract of import and export: files in and out, pure where a browser is not needed, and nothing is ever changed by a failure. */

import type { SketchDocument } from '../../editor/document'
import type { Look } from '../../faces/look'
import type { Part } from '../../faces/parts'
import type { ToleranceChoice } from '../../faces/toleranceChoice'

export const PROJECT_FORMAT = 'face-studio-project'
export const DATABASE_FORMAT = 'face-studio-database'
export const EXCHANGE_VERSION = 1

/** Bounds on everything that comes from a file. */
export const LIMITS = {
  fileBytes: 20 * 1024 * 1024,
  /** A database file may be larger: it holds many sketches, each within the limits. */
  databaseBytes: 200 * 1024 * 1024,
  imageSidePx: 8192,
  strokes: 5_000,
  points: 200_000,
  sketches: 20_000,
  svgElements: 50_000,
  svgDepth: 100,
  nameLength: 200,
  tags: 50,
  tagLength: 60,
} as const

/** RGBA, row-major, 4 bytes a pixel. */
export interface RgbaImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
}

/** One sketch as a file holds it. */
export interface Project {
  readonly document: SketchDocument
  readonly look: Look
  /** Missing: as the model recommends. */
  readonly tolerance?: ToleranceChoice
  readonly createdAt?: number
  readonly updatedAt?: number
}

export type ImportResult =
  /** A sketch under a new id: from PNG or JPEG (traced), SVG or JSON. */
  | ({ readonly kind: 'document'; readonly source: 'image' | 'svg' | 'project' } & Pick<Project, 'document' | 'look' | 'tolerance'>)
  /** A database file. Nothing has changed yet: `mergeDatabase` does it, after the person saw `problems`. */
  | { readonly kind: 'database'; readonly projects: readonly Project[]; readonly problems: readonly ImportProblem[] }

/** A sketch of a database file that cannot be read and would be left out. */
export interface ImportProblem {
  /** Place in the file, from 1. */
  readonly place: number
  readonly name: string
  readonly message: string
}

export interface ImportOptions {
  /** Where a traced or foreign stroke belongs; default `other`. Points are flat x, y, pressure in sketch pixels. */
  readonly assignPart?: (points: readonly number[]) => Part
  /** Default: the browser's own decoder. The header has been checked before it is called; it may return a smaller picture. */
  readonly decodeImage?: (file: Blob, size: { readonly width: number; readonly height: number }) => Promise<RgbaImage>
}

/** A `File`, or a `Blob` with a name (paste). The content decides what it is, the name only gives the sketch its name. */
export type ImportFile = (file: Blob & { readonly name?: string }, options?: ImportOptions) => Promise<ImportResult>

export interface MergeReport {
  readonly added: number
  /** Sketches that were already there, stroke for stroke, and were left alone. */
  readonly alreadyThere: number
  /** Sketches whose id was taken by a different drawing and that got a new id. */
  readonly renumbered: number
}
