/** The contract of import and export: files in and out, pure where a browser is not needed, and nothing is ever changed by a failure. */

import type { SketchDocument, Stroke } from '../../editor/document'
import type { Look } from '../../faces/look'
import type { ToleranceChoice } from '../../faces/toleranceChoice'
import type { RgbaImage } from '../../shared/image'
import type { AssignParts } from './assign'
import type { Budget } from './budget'
import type { LeftOut } from './leftOut'
import type { FaceFit, FitToFace } from './trace/fit'

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

/** One sketch as a file holds it. */
export interface Project {
  readonly document: SketchDocument
  readonly look: Look
  /** Missing: as the model recommends. */
  readonly tolerance?: ToleranceChoice
  readonly createdAt?: number
  readonly updatedAt?: number
}

/** How a traced picture was read. */
export interface PictureReport {
  /** The lines over the turned picture, flat x, y in shares of its width and height. */
  readonly overlay: readonly (readonly number[])[]
  /** The same strokes in the face's place; `null` when they are there already, or no face can be made out. */
  readonly placed: { readonly strokes: readonly Stroke[]; readonly fit: FaceFit } | null
  /** 0–1: how much the drawing is like a face from the front; `null` when nobody looked. */
  readonly likeness: number | null
}

export type ImportedDocument = {
  readonly kind: 'document'
  readonly source: 'image' | 'svg' | 'project'
  /** Kinds of content that were left out, with their number. */
  readonly leftOut?: readonly (readonly [LeftOut, number])[]
  readonly picture?: PictureReport
} & Pick<Project, 'document' | 'look' | 'tolerance'>

export type ImportResult =
  /** A sketch under a new id: from PNG or JPEG (traced), SVG or JSON. */
  | ImportedDocument
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
  /** Where the lines of a foreign drawing belong; default: the faces' own assignment. */
  readonly assignParts?: AssignParts
  readonly fitToFace?: FitToFace | null
  readonly budget?: Budget
  /** Default: the browser's own decoder. The header has been checked before it is called; it may return a smaller picture. */
  readonly decodeImage?: (file: Blob, size: { readonly width: number; readonly height: number }) => Promise<RgbaImage>
}

export type { Crop, Dab, TraceSettings } from './trace/settings'
export type { FaceFit, LeftOut, RgbaImage }

/** A `File`, or a `Blob` with a name (paste). The content decides what it is, the name only gives the sketch its name. */
export type ImportFile = (file: Blob & { readonly name?: string }, options?: ImportOptions) => Promise<ImportResult>

export interface MergeReport {
  readonly added: number
  /** Sketches that were already there, stroke for stroke, and were left alone. */
  readonly alreadyThere: number
  /** Sketches whose id was taken by a different drawing and that got a new id. */
  readonly renumbered: number
}
