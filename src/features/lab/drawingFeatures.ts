/** The drawings as points: every drawing's features in the models on show, one drawing after another, then both projections. What is known of a drawing is not asked again. */

import type { StoreApi } from 'zustand/vanilla'
import { collectFeatures } from '../../lab/collect'
import { type Drawing, drawingBitmap } from '../../lab/drawingSet'
import { joinVectors, type Vector } from '../../lab/vectors'
import { refIn } from './editStudies'
import { drawingsOf, takingPart } from './groups'
import { type LabPort, type LabState, NO_PLOTS, type Plot, SIDES, type Side } from './roomTypes'

const SEED = 1

interface Parts {
  readonly port: LabPort
  readonly store: StoreApi<LabState>
  readonly report: (error: unknown) => void
}

export interface DrawingFeatures {
  /** Computes what is missing and shows it. */
  readonly start: () => Promise<void>
  readonly cancel: () => void
  /** Shows what is there anew: other drawings take part, or another layer or method was chosen. */
  readonly project: () => void
  /** Another place is looked at. */
  readonly forget: () => void
}

/** What one model has said, by drawing. */
interface Known {
  readonly sizePx: number
  readonly layers: WeakMap<Drawing, readonly Vector[]>
}

export function createDrawingFeatures({ port, store, report }: Parts): DrawingFeatures {
  const { getState: get, setState: set } = store
  const known = new Map<string, Known>()
  let running = new AbortController()

  async function ask(model: string, drawing: Drawing, signal: AbortSignal): Promise<readonly Vector[] | null> {
    const before = known.get(model)?.layers.get(drawing)
    if (before) return before
    const { point } = get()
    let sizePx = 0
    const answer = await port.models.features(refIn(port, model), (summary) => {
      if (signal.aborted) return null
      sizePx = summary.sizePx
      return { sketch: drawingBitmap(drawing, sizePx), point }
    })
    if (!answer || signal.aborted) return null
    const all = known.get(model) ?? { sizePx, layers: new WeakMap() }
    known.set(model, all)
    all.layers.set(drawing, answer.layers)
    return answer.layers
  }

  /** @returns false when it was stopped */
  async function collect(model: string, signal: AbortSignal): Promise<boolean> {
    const drawings = drawingsOf(get().groups)
    const tell = (done: number): void => set({ run: { model, done, total: drawings.length } })
    tell(0)
    const layers = await collectFeatures(drawings, {
      featuresOf: (drawing) => ask(model, drawing, signal),
      onDone: (done) => signal.aborted || tell(done),
      signal,
    })
    if (!layers) return false
    set({ features: { ...get().features, [model]: { sizePx: known.get(model)?.sizePx ?? 0, layers } } })
    return true
  }

  async function start(): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    set({ error: null, run: null })
    try {
      for (const side of SIDES) {
        const id = get().sides[side]
        if (id && !get().features[id] && !(await collect(id, signal))) return
        void project(side)
      }
      set({ run: null })
    } catch (error) {
      if (!signal.aborted) report(error)
    }
  }

  async function project(side: Side): Promise<void> {
    const { sides, features, layer, method, groups } = get()
    const there = features[sides[side] ?? '']
    const vectors = there?.layers[layer]
    const drawings = takingPart(get())
    const show = (plot: Plot | null) => set({ plots: { ...get().plots, [side]: plot } })
    if (!vectors || drawings.length === 0) {
      show(null)
      return
    }
    const isWanted = (): boolean => {
      const now = get()
      const isSame = now.layer === layer && now.method === method && now.features[now.sides[side] ?? ''] === there
      return isSame && sameList(takingPart(now), drawings)
    }
    const { which, first } = onceEach(drawings, drawingsOf(groups))
    const chosen = first.flatMap((drawing) => vectors[drawing] ?? [])
    const request = { method, vectors: joinVectors(chosen), length: chosen[0]?.length ?? 0, seed: SEED }
    const plotOf = (projection: Plot['projection']): Plot => ({
      projection: { ...projection, places: Float32Array.from(which.flatMap((i) => [...projection.places.subarray(2 * i, 2 * i + 2)])) },
      drawings,
    })
    try {
      const result = await port.projector.project(side, request, (projection) => isWanted() && show(plotOf(projection)))
      if (result && isWanted()) show(plotOf(result))
    } catch (error) {
      if (isWanted()) report(error)
    }
  }

  return {
    start,
    cancel: () => {
      running.abort()
      set({ run: null })
    },
    project: () => {
      set({ plots: NO_PLOTS })
      for (const side of SIDES) void project(side)
    },
    forget: () => known.clear(),
  }
}

/** A drawing that was put into a second group counts once. @returns for each, which of the first ones it is; and those, as places in the whole list */
function onceEach(
  drawings: readonly number[],
  all: readonly Drawing[],
): { readonly which: readonly number[]; readonly first: readonly number[] } {
  const places = new Map<Drawing | undefined, number>()
  const first: number[] = []
  const which = drawings.map((drawing) => {
    const place = places.get(all[drawing]) ?? first.push(drawing) - 1
    places.set(all[drawing], place)
    return place
  })
  return { which, first }
}

const sameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, i) => value === b[i])
