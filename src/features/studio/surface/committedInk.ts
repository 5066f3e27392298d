/**
 * The committed strokes as one bitmap. A stroke that is appended is added to it; anything else (undo, zoom, hidden strokes) redraws it in
 * slices of milliseconds into a second bitmap, while the first one stands in, so that no number of strokes makes the pen wait.
 */

import type { Stroke } from '../../../editor/document'
import type { View } from '../../../editor/types'
import { strokePath } from './inkPath'

/** What the bitmap should show. */
export interface InkTarget {
  readonly strokes: readonly Stroke[]
  readonly hidden: ReadonlySet<string>
  readonly view: View
  readonly sizePx: number
  readonly pixelRatio: number
  readonly colour: string
}

/** Of a frame, while the pen is down or the view moves, and while nobody waits for anything but the ink. */
const SLICE_MS = { busy: 6, resting: 30 } as const

interface Sheet {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
}

function createSheet(): Sheet {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no 2D canvas.')
  return { canvas, context }
}

export class CommittedInk {
  private front = createSheet()
  private back = createSheet()
  /** What the front bitmap shows; `null` before the first. */
  private shown: InkTarget | null = null
  private job: { target: InkTarget; next: number } | null = null

  /** Whether the front bitmap shows anything else than this. */
  needs(target: InkTarget): boolean {
    return !this.shown || this.shown.strokes !== target.strokes || !sameLook(this.shown, target)
  }

  /** Heads for a new target. True when the front bitmap already shows it. */
  aim(target: InkTarget): boolean {
    if (this.job && sameLook(this.job.target, target) && this.job.target.strokes === target.strokes) return false
    this.job = null
    if (this.shown && sameLook(this.shown, target)) {
      const added = appendedFrom(this.shown.strokes, target.strokes)
      if (added !== null && target.strokes.length - added <= 8) {
        this.front.context.fillStyle = target.colour
        fillStrokes(this.front.context, target, added, Number.POSITIVE_INFINITY)
        this.shown = target
        return true
      }
    }
    this.job = { target, next: -1 }
    return false
  }

  /** Works on the target for one slice, a short one while the pen is down and for a new target. True when the front bitmap shows it. */
  work(isDrawing: boolean): boolean {
    const { job } = this
    if (!job) return true
    const { target } = job
    const isBusy = isDrawing || job.next < 0
    if (job.next < 0) {
      prepare(this.back, target)
      job.next = 0
    }
    job.next = fillStrokes(this.back.context, target, job.next, performance.now() + SLICE_MS[isBusy ? 'busy' : 'resting'])
    if (job.next < target.strokes.length) return false
    const { front } = this
    this.front = this.back
    this.back = front
    this.shown = target
    this.job = null
    return true
  }

  /** Paints the newest bitmap; one of an older view is moved and scaled into the present one. */
  paint(context: CanvasRenderingContext2D, view: View): void {
    if (!this.shown || this.front.canvas.width === 0) return
    const from = this.shown.view
    const ratio = view.zoom / from.zoom
    const side = this.shown.sizePx * ratio
    context.drawImage(this.front.canvas, view.panX - from.panX * ratio, view.panY - from.panY * ratio, side, side)
  }
}

function prepare(sheet: Sheet, target: InkTarget): void {
  const side = Math.max(1, Math.round(target.sizePx * target.pixelRatio))
  sheet.canvas.width = side
  sheet.canvas.height = side
  const scale = target.view.zoom * target.pixelRatio
  sheet.context.setTransform(scale, 0, 0, scale, target.view.panX * target.pixelRatio, target.view.panY * target.pixelRatio)
  sheet.context.fillStyle = target.colour
}

/** Fills strokes from index `from` until the time is up; returns the next index. */
function fillStrokes(context: CanvasRenderingContext2D, target: InkTarget, from: number, untilMs: number): number {
  let index = from
  for (; index < target.strokes.length; index++) {
    if (index > from && performance.now() > untilMs) return index
    const stroke = target.strokes[index]
    if (stroke && !target.hidden.has(stroke.id)) context.fill(strokePath(stroke))
  }
  return index
}

function sameLook(a: InkTarget, b: InkTarget): boolean {
  return (
    a.view.zoom === b.view.zoom &&
    a.view.panX === b.view.panX &&
    a.view.panY === b.view.panY &&
    a.sizePx === b.sizePx &&
    a.pixelRatio === b.pixelRatio &&
    a.colour === b.colour &&
    sameIds(a.hidden, b.hidden)
  )
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}

/** Where `next` goes on after all of `previous`; `null` when it is not a continuation. */
export function appendedFrom(previous: readonly Stroke[], next: readonly Stroke[]): number | null {
  if (previous === next) return next.length
  if (next.length < previous.length) return null
  for (let i = 0; i < previous.length; i++) if (previous[i] !== next[i]) return null
  return previous.length
}
