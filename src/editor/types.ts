/**
 * The sketch editor's public contract: what an interface needs to drive it, and nothing about React, canvases or the DOM.
 *
 * Pointers go in as sketch pixels (`pointerDown` …), committed documents come out of `documentStore`, settings live in `sessionStore`, and
 * everything that moves with the pointer goes through `preview`, a plain notification that touches no store.
 */

import type { StoreApi } from 'zustand/vanilla'
import type { MeanFacePart, Part } from '../faces/parts'
import type { SketchPx } from '../shared/units'
import type { SketchDocument, Stroke } from './document'
import type { EditKind, Timeline } from './history'
import type { PreviewChannel } from './previewTypes'

/** Of one of the editor's tools, or of one that belongs to the interface (`pan`): the editor takes no pointer while that is chosen. */
export type ToolId = string

export { EDIT_KINDS, type EditKind } from './history'

// ---------------------------------------------------------------- stores

/**
 * An unbroken run of changes (undo and redo included) to the same part or parts, ending with the current document.
 * `base` is the document before the run: the face that "Hold the rest" and "Lock outside" measure and composite against.
 */
export interface EditRun {
  /** The parts that were edited, most edited first; never empty. */
  readonly parts: readonly Part[]
  readonly base: SketchDocument
  readonly baseRevision: number
}

export interface DocumentState {
  readonly document: SketchDocument
  /** Increases with every change of `document`: edits, undo, redo, load. Never decreases while the editor lives. */
  readonly revision: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What undo would take back and redo would do again. */
  readonly undoKind: EditKind | null
  readonly redoKind: EditKind | null
  /** Parts touched by the last change, most touched first; empty after a load, a rename or a change of tags. */
  readonly lastEditedParts: readonly Part[]
  /** Ids of strokes that the last change added, changed or removed. */
  readonly lastEditedStrokeIds: readonly string[]
  /** `null` after a load and after edits of the whole page (clear, start from the mean face). */
  readonly editRun: EditRun | null
}

/** CSS pixels = sketch pixels × zoom + pan: `zoom` is CSS pixels per sketch pixel, `panX, panY` where the page's origin lies. */
export interface View {
  readonly zoom: number
  readonly panX: number
  readonly panY: number
}

export type EraserMode = 'stroke' | 'point'

export interface SessionState {
  readonly tool: ToolId
  /** 1–8 sketch pixels. */
  readonly penWidthPx: number
  /** 0–1: how strongly a finished stroke is smoothed. */
  readonly smoothing: number
  /** 0–1: how far the ink trails behind the pointer while drawing. */
  readonly stabiliser: number
  /** Whether new strokes let pressure modulate their width. */
  readonly usesPressure: boolean
  /** Whether new strokes come with their mirror image about the page's vertical middle. */
  readonly symmetry: boolean
  /** Palm rejection: touches do not draw, erase, select or reshape. */
  readonly penOnly: boolean
  readonly eraserMode: EraserMode
  /** 1–64 sketch pixels. */
  readonly eraserRadiusPx: number
  /** Radius of the soft falloff of the reshape tool, 4–160 sketch pixels. */
  readonly reshapeRadiusPx: number
  /** New strokes get this part; `null` assigns it by where they lie. */
  readonly penPart: Part | null
  /** Ids of selected strokes; always strokes of the current document. */
  readonly selection: readonly string[]
  readonly view: View
}

/** The settings that a person may set directly; out-of-range numbers are clamped. Selection has its own methods. */
export type SessionSettings = Omit<SessionState, 'selection'>

// ---------------------------------------------------------------- pointers

export interface PointerInput {
  readonly x: SketchPx
  readonly y: SketchPx
  /** 0–1. Ignored (0.5) unless `pointerType` is `pen`, or `touch` with a force. */
  readonly pressure: number
  readonly pointerType: 'mouse' | 'pen' | 'touch' | 'keyboard'
  readonly pointerId: number
  readonly shiftKey: boolean
  readonly altKey: boolean
  /** Control, or Command on a Mac. */
  readonly ctrlKey: boolean
  readonly timeMs: number
  /** Sketch pixels per CSS pixel (1 / zoom): hit tolerances and handle sizes are constant on the screen. */
  readonly pxPerScreenPx: number
}

// ---------------------------------------------------------------- preview

export * from './previewTypes'

// ---------------------------------------------------------------- commands

/** A stroke to be: what is left out gets an id, an assigned part, and the pen's defaults. */
export interface StrokeDraft {
  readonly points: readonly number[]
  readonly part?: Part
  readonly partIsChosen?: boolean
  readonly widthPx?: number
  readonly usesPressure?: boolean
}

/** Each is one history entry, or none when nothing would change; the result says which. */
export interface EditorCommands {
  undo(): boolean
  redo(): boolean
  deleteSelection(): boolean
  /** Copies the selection `offsetPx` (default 12) to the right and down, and selects the copies. */
  duplicateSelection(offsetPx?: number): boolean
  nudgeSelection(dxPx: number, dyPx: number): boolean
  /** About the selection's centre. `factor` > 0. */
  scaleSelection(factor: number): boolean
  /** About the selection's centre, clockwise on the screen. */
  rotateSelection(radians: number): boolean
  /** Mirror the selection about the page's vertical middle; parts swap sides. */
  flipSelection(): boolean
  /** The person's choice: no automatic assignment changes it again. */
  setPartOfSelection(part: Part): boolean
  /** The same for single strokes, by id. */
  setParts(parts: ReadonlyMap<string, Part>): boolean
  /** For which parts the mean face does not stand in. */
  leaveOut(parts: readonly MeanFacePart[]): boolean
  /** Whether the drawing is brought to the mean face's place before its face is made. */
  takeInPlace(places: boolean): boolean
  setWidthOfSelection(widthPx: number): boolean
  setUsesPressureOfSelection(usesPressure: boolean): boolean
  clear(): boolean
  /** Puts the mean face on the page as editable strokes that know their part: for every part that has no stroke yet, or in place of everything. */
  startFromMeanFace(mode?: 'fill' | 'replace'): boolean
  insertStrokes(drafts: readonly StrokeDraft[]): boolean
  /** Other strokes in place of all: the same drawing brought to its place, or its picture traced again. */
  replaceStrokes(kind: 'place' | 'trace', strokes: readonly Stroke[]): boolean
  rename(name: string): boolean
  setTags(tags: readonly string[]): boolean
  /** Other strokes and tags in one entry. */
  replacePage(kind: EditKind, page: Pick<SketchDocument, 'strokes' | 'tags'>): boolean
}

// ---------------------------------------------------------------- editor

export interface Editor {
  readonly documentStore: Pick<StoreApi<DocumentState>, 'getState' | 'getInitialState' | 'subscribe'>
  readonly sessionStore: Pick<StoreApi<SessionState>, 'getState' | 'getInitialState' | 'subscribe'>
  readonly preview: PreviewChannel
  readonly commands: EditorCommands

  /**
   * True when a tool has taken the pointer: move and up of this `pointerId` belong to the editor until `pointerUp` or `cancel`.
   * False when it is free for panning: tool `pan`, a touch in pen-only mode or while a pen is down, or a gesture already under way.
   * A pen that comes down cancels a touch's gesture (it was the palm). `tool` stands in for the chosen one (a pen's eraser end).
   */
  pointerDown(event: PointerInput, tool?: ToolId): boolean
  /** The coalesced events of one move, oldest first. Without a gesture the last one hovers. */
  pointerMove(events: readonly PointerInput[]): void
  pointerUp(event: PointerInput): void
  /**
   * Tells of the strokes under the pen as they stand (raw points, a part only where it was chosen): when it comes down, within a tenth of a second of
   * every move, and when it is lifted before anything is made of them; with nothing when they are dropped. For whoever keeps them safe. Returns what ends it.
   */
  watchPen(listener: (strokes: readonly Stroke[]) => void): () => void
  /** The pointer has left the surface: no eraser circle, no hover. A gesture goes on. */
  pointerLeave(): void
  /**
   * Escape, undo, `pointercancel`, a second finger: the gesture under way is dropped, the document and the history are as on entry. Everything else
   * that comes in its way (a command, another selection) ends it where its pointer is; a change of tool waits for the next gesture.
   * Without a gesture the selection is emptied. True when there was something to cancel.
   */
  cancel(): boolean

  /**
   * Shows these strokes for the page's, as a gesture under way that no pointer leads: committed as one entry when it ends, by `endAdjustment` or by what comes in its way, and taken
   * back as any gesture. False while another gesture is under way.
   */
  adjust(kind: EditKind, strokes: readonly Stroke[]): boolean
  endAdjustment(): void

  setTool(tool: ToolId): void
  setSettings(settings: Partial<SessionSettings>): void
  /** Unknown ids are dropped. */
  select(strokeIds: readonly string[]): void
  selectAll(): void

  /** Opens another document with the history kept of it, or with none; the selection is empty afterwards, and the revision goes on counting. */
  load(document: SketchDocument, kept?: Timeline | null): void
  /** The newest `mostSteps` edits that were done, and as many that can be done again, as documents. */
  timeline(mostSteps: number): Timeline
  /** The document as it looks now, with the gesture under way: for a live face while the pen moves. O(points of the gesture). */
  previewDocument(): SketchDocument
  /** The stroke nearest to a place and within `tolerancePx` of its ink, or `null`. */
  strokeAt(x: SketchPx, y: SketchPx, tolerancePx: number): Stroke | null
  dispose(): void
}
