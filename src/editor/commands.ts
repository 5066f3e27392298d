/** The editor's commands: each one history entry, or none when nothing would change. */

import { assignPart } from '../faces/partAssignment'
import { PARTS, type Part } from '../faces/parts'
import { placementOf } from '../faces/placement'
import { inverse } from '../faces/similarity'
import { POINT_STRIDE, type SketchDocument, type Stroke } from './document'
import { mapStrokes, withLeftOut, withPlacing, withStrokes } from './documentEdits'
import type { DocumentModel } from './documentModel'
import { meanFaceStrokes } from './meanFaceStrokes'
import { placedStrokes } from './placedPage'
import { SETTING_RANGES } from './settings'
import { type Affine, mirrorStroke, rotation, scaling, transformStroke, translation, unionBounds } from './strokeGeometry'
import type { ToolContext } from './tools/tool'
import type { EditKind, EditorCommands, StrokeDraft } from './types'

const DUPLICATE_OFFSET_PX = 12

/** What commands need of the editor: the settings, the selection, ids. */
export type CommandContext = Pick<ToolContext, 'session' | 'newId' | 'select'>

export function createCommands(model: DocumentModel, context: CommandContext): EditorCommands {
  return { undo: model.undo, redo: model.redo, ...selectionCommands(model, context), ...pageCommands(model, context) }
}

type SelectionCommands = Pick<EditorCommands, (`${string}Selection` | 'setParts') & keyof EditorCommands>

function selectionCommands(model: DocumentModel, context: CommandContext): SelectionCommands {
  const ids = (): Set<string> => new Set(context.session.selection)
  const selected = (): Stroke[] => model.document.strokes.filter((stroke) => ids().has(stroke.id))
  const change = (kind: EditKind, each: (stroke: Stroke) => Stroke): boolean => model.commit(kind, mapStrokes(model.document, ids(), each))
  /** Transforms the selection about its centre. */
  const transform = (kind: EditKind, affineAbout: (x: number, y: number) => Affine): boolean => {
    const strokes = selected()
    if (strokes.length === 0) return false
    const { left, top, right, bottom } = unionBounds(strokes)
    const affine = affineAbout((left + right) / 2, (top + bottom) / 2)
    return change(kind, (stroke) => transformStroke(stroke, affine))
  }

  return {
    deleteSelection() {
      const gone = ids()
      return model.commit(
        'delete',
        withStrokes(
          model.document,
          model.document.strokes.filter((stroke) => !gone.has(stroke.id)),
        ),
      )
    },
    duplicateSelection(offsetPx = DUPLICATE_OFFSET_PX) {
      const copies = selected().map((stroke) => ({ ...transformStroke(stroke, translation(offsetPx, offsetPx)), id: context.newId() }))
      const done = model.commit('duplicate', withStrokes(model.document, [...model.document.strokes, ...copies]))
      if (done) context.select(copies.map((stroke) => stroke.id))
      return done
    },
    nudgeSelection(dxPx, dyPx) {
      if (!isUsable(dxPx, dyPx) || (dxPx === 0 && dyPx === 0)) return false
      return change('move', (stroke) => transformStroke(stroke, translation(dxPx, dyPx)))
    },
    scaleSelection(factor) {
      if (!isUsable(factor) || factor <= 0 || factor === 1) return false
      return transform('scale', (x, y) => scaling(factor, factor, x, y))
    },
    rotateSelection(radians) {
      if (!isUsable(radians) || radians === 0) return false
      return transform('rotate', (x, y) => rotation(radians, x, y))
    },
    flipSelection: () => change('flip', mirrorStroke),
    setPartOfSelection: (part) =>
      change('setPart', (stroke) => (stroke.part === part && stroke.partIsChosen ? stroke : { ...stroke, part, partIsChosen: true })),
    setParts: (parts) =>
      model.commit(
        'setPart',
        mapStrokes(model.document, new Set(parts.keys()), (stroke) => {
          const part = parts.get(stroke.id) ?? stroke.part
          return stroke.part === part && stroke.partIsChosen ? stroke : { ...stroke, part, partIsChosen: true }
        }),
      ),
    setWidthOfSelection(widthPx) {
      const width = usableWidth(widthPx)
      if (width === null) return false
      return change('setWidth', (stroke) => (stroke.widthPx === width ? stroke : { ...stroke, widthPx: width }))
    },
    setUsesPressureOfSelection: (usesPressure) =>
      change('setPressure', (stroke) => (stroke.usesPressure === usesPressure ? stroke : { ...stroke, usesPressure })),
  }
}

type PageCommands = Omit<EditorCommands, keyof SelectionCommands | 'undo' | 'redo'>

function pageCommands(model: DocumentModel, context: CommandContext): PageCommands {
  const page = (): SketchDocument => model.document
  return {
    clear: () => model.commit('clear', withStrokes(page(), [])),
    startFromMeanFace(mode = 'fill') {
      const strokes = meanFaceStrokes(context.newId)
      if (mode === 'replace') return model.commit('meanFace', withStrokes(page(), strokes))
      const drawn = new Set<Part>(page().strokes.map((stroke) => stroke.part))
      // Beside a drawing that lies elsewhere the parts of the mean face come to where it lies.
      const there = inverse(placementOf(page().strokes))
      const missing = placedStrokes(
        strokes.filter((stroke) => !drawn.has(stroke.part)),
        there,
      )
      return model.commit('meanFace', withStrokes(page(), [...page().strokes, ...missing]))
    },
    insertStrokes(drafts) {
      const all = [...page().strokes]
      for (const draft of drafts) {
        const stroke = strokeFromDraft(draft, all, context)
        if (stroke) all.push(stroke)
      }
      const inserted = all.slice(page().strokes.length).map((stroke) => stroke.id)
      const done = model.commit('insert', withStrokes(page(), all))
      if (done) context.select(inserted)
      return done
    },
    takeInPlace: (places) => model.commit('setPlacing', withPlacing(page(), places)),
    leaveOut: (parts) => model.commit('setStandIns', withLeftOut(page(), parts)),
    replaceStrokes: (kind, strokes) => model.commit(kind, withStrokes(page(), strokes)),
    replacePage: (kind, { strokes, tags }) => model.commit(kind, { ...withStrokes(page(), strokes), tags }),
    rename: (name) => model.commit('rename', name === page().name ? page() : { ...page(), name }),
    setTags(tags) {
      const unique = [...new Set(tags)]
      const same = unique.length === page().tags.length && unique.every((tag, i) => tag === page().tags[i])
      return model.commit('setTags', same ? page() : { ...page(), tags: unique })
    },
  }
}

/** `null` for a draft without a usable point. */
function strokeFromDraft(draft: StrokeDraft, drawn: readonly Stroke[], { session, newId }: CommandContext): Stroke | null {
  const points = draft.points.slice(0, draft.points.length - (draft.points.length % POINT_STRIDE))
  if (points.length === 0 || !isUsable(...points)) return null
  const part = draft.part !== undefined && PARTS.includes(draft.part) ? draft.part : assignPart(points, drawn)
  return {
    id: newId(),
    part,
    partIsChosen: draft.partIsChosen ?? false,
    widthPx: usableWidth(draft.widthPx ?? session.penWidthPx) ?? session.penWidthPx,
    usesPressure: draft.usesPressure ?? session.usesPressure,
    points,
  }
}

function isUsable(...values: readonly number[]): boolean {
  return values.every(Number.isFinite)
}

function usableWidth(widthPx: number): number | null {
  const [least, most] = SETTING_RANGES.penWidthPx
  return Number.isNaN(widthPx) ? null : Math.min(most, Math.max(least, widthPx))
}
