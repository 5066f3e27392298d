/**
 * Which part of the face is being drawn, hovered over, or was drawn last, for the tag on the page. The editor's preview and document in, a small
 * store out; a stroke under the pen is looked at a few times a second, not with every event.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Stroke } from '../../../editor/document'
import type { Editor } from '../../../editor/types'
import { mirrorPart } from '../../../faces/landmarks'
import { likelyParts } from '../../../faces/partAssignment'
import type { Part } from '../../../faces/parts'

/** Parts that are offered besides the present one. */
const OFFERED = 2
const LOOK_EVERY_MS = 120

export interface PartTraceState {
  readonly isDrawing: boolean
  /** The part of the stroke under the pen; `null` until it has been looked at, and when none is drawn. */
  readonly drawing: Part | null
  /** The stroke under a hovering pointer. */
  readonly hovered: { readonly id: string; readonly part: Part } | null
  /** The newest stroke (with its mirror image, if it has one), as long as nothing else was done. */
  readonly last: { readonly strokes: readonly Stroke[]; readonly part: Part; readonly offered: readonly Part[] } | null
}

const NOTHING: PartTraceState = { isDrawing: false, drawing: null, hovered: null, last: null }

export interface PartTrace {
  readonly store: StoreApi<PartTraceState>
  /** A person's word on the newest stroke. */
  correct(part: Part): void
  dispose(): void
}

export function createPartTrace(editor: Editor): PartTrace {
  const store = createStore<PartTraceState>(() => NOTHING)
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    timer = undefined
    const [live] = editor.preview.current.liveStrokes
    if (!live) return
    const stroke = editor.previewDocument().strokes.find(({ id }) => id === live.id)
    store.setState({ drawing: stroke?.part ?? null })
  }

  const unsubscribers = [
    editor.preview.subscribe(({ liveStrokes, hoveredStrokeId }) => {
      if (liveStrokes.length > 0) {
        timer ??= setTimeout(look, LOOK_EVERY_MS)
        if (!store.getState().isDrawing) store.setState({ isDrawing: true, drawing: null, hovered: null })
        return
      }
      clearTimeout(timer)
      timer = undefined
      const { isDrawing, hovered } = store.getState()
      if (!isDrawing && (hovered?.id ?? null) === hoveredStrokeId) return
      store.setState({ isDrawing: false, drawing: null, hovered: strokeOf(editor, hoveredStrokeId) })
    }),
    editor.documentStore.subscribe((now, before) => {
      const { last, hovered } = store.getState()
      store.setState({ last: lastAfter(last, now, before), hovered: strokeOf(editor, hovered?.id ?? null) })
    }),
  ]

  return {
    store,
    correct(part) {
      const { last } = store.getState()
      const [stroke, mirrored] = last?.strokes ?? []
      if (!stroke) return
      editor.commands.setParts(new Map([[stroke.id, part], ...(mirrored ? [[mirrored.id, mirrorPart(part)] as const] : [])]))
    },
    dispose() {
      clearTimeout(timer)
      for (const unsubscribe of unsubscribers) unsubscribe()
    },
  }
}

function strokeOf(editor: Editor, id: string | null): PartTraceState['hovered'] {
  const stroke = id === null ? undefined : editor.documentStore.getState().document.strokes.find((other) => other.id === id)
  return stroke ? { id: stroke.id, part: stroke.part } : null
}

type DocumentState = ReturnType<Editor['documentStore']['getState']>

function lastAfter(last: PartTraceState['last'], now: DocumentState, before: DocumentState): PartTraceState['last'] {
  if (now.document.strokes === before.document.strokes) return last
  const strokes =
    now.undoKind === 'draw' && now.document.id === before.document.id && !now.canRedo
      ? now.document.strokes.slice(before.document.strokes.length)
      : kept(last, now)
  const [stroke] = strokes
  if (!stroke) return null
  const others = now.document.strokes.filter((other) => !strokes.includes(other))
  const offered = likelyParts(stroke.points, others).filter((part) => part !== stroke.part)
  return { strokes, part: stroke.part, offered: offered.slice(0, OFFERED) }
}

/** The newest stroke after its part was corrected. */
function kept(last: PartTraceState['last'], now: DocumentState): Stroke[] {
  if (!last || now.undoKind !== 'setPart') return []
  const ids = last.strokes.map(({ id }) => id)
  return now.document.strokes.filter(({ id }) => ids.includes(id))
}
