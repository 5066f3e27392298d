/** The lab's state and what can be done in it. React sees its store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { collectFeatures } from '../../lab/collect'
import { type Drawing, drawingBitmap } from '../../lab/drawingSet'
import { joinVectors } from '../../lab/vectors'
import { toErrorReport } from '../../shared/errors'
import { EYE_CORNER, type PagePoint } from '../../shared/featurePlace'
import type { ProjectionMethod } from '../../workers/labClient'
import { FACE_ROLES } from '../../workers/protocol'
import { type LabPort, type LabState, OWN_GROUP, SIDES, type Side } from './roomTypes'

/** What stands side by side to begin with, where it is installed: the thesis's two. */
const FIRST = { left: 'ablation-m1', right: 'ablation-ours' } as const
const SEED = 1
const NO_PLOTS = { left: null, right: null } as const

export interface LabRoom {
  readonly store: StoreApi<LabState>
  readonly port: LabPort
  /** Loads the drawings and the first two models' features; nothing happens when they are there. */
  readonly enter: () => void
  readonly chooseModel: (side: Side, id: string) => void
  readonly chooseLayer: (layer: number) => void
  readonly chooseMethod: (method: ProjectionMethod) => void
  readonly choosePoint: (point: PagePoint) => void
  readonly toggleGroup: (id: string) => void
  readonly choose: (drawing: number) => void
  readonly addOwn: () => Promise<void>
  /** Computes what is missing. */
  readonly start: () => Promise<void>
  readonly cancel: () => void
}

export function createLabRoom(port: LabPort): LabRoom {
  const store = createStore<LabState>(() => ({
    groups: [],
    left: new Set(),
    isLoaded: false,
    error: null,
    sides: { left: null, right: null },
    point: EYE_CORNER,
    layer: 0,
    method: 'pca',
    run: null,
    features: {},
    plots: NO_PLOTS,
    changes: NO_PLOTS,
    // The first of a group is its base; the second has an edit to show.
    chosen: 1,
  }))
  const { getState: get, setState: set } = store
  let running = new AbortController()

  function report(error: unknown): void {
    set({ error: toErrorReport(error), run: null })
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
      void compare()
    } catch (error) {
      if (!signal.aborted) report(error)
    }
  }

  /** @returns false when it was stopped */
  async function collect(model: string, signal: AbortSignal): Promise<boolean> {
    const { groups, point } = get()
    const drawings = groups.flatMap((group) => group.drawings)
    let sizePx = 0
    const tell = (done: number): void => set({ run: { model, done, total: drawings.length } })
    tell(0)
    const featuresOf = async (drawing: Drawing) => {
      const answer = await port.models.features({ shipped: model }, (summary) => {
        if (signal.aborted) return null
        sizePx = summary.sizePx
        return { sketch: drawingBitmap(drawing, sizePx), point }
      })
      return answer?.layers ?? null
    }
    const layers = await collectFeatures(drawings, { featuresOf, onDone: (done) => signal.aborted || tell(done), signal })
    if (!layers) return false
    set({ features: { ...get().features, [model]: { sizePx, layers } } })
    return true
  }

  async function project(side: Side): Promise<void> {
    const { sides, features, layer, method } = get()
    const known = features[sides[side] ?? '']
    const vectors = known?.layers[layer]
    const drawings = takingPart(get())
    const show = (plot: LabState['plots'][Side]) => set({ plots: { ...get().plots, [side]: plot } })
    if (!vectors || drawings.length === 0) {
      show(null)
      return
    }
    const isWanted = (): boolean => {
      const now = get()
      return (
        now.layer === layer && now.method === method && now.features[now.sides[side] ?? ''] === known && sameList(takingPart(now), drawings)
      )
    }
    const chosen = drawings.flatMap((drawing) => vectors[drawing] ?? [])
    const request = { method, vectors: joinVectors(chosen), length: chosen[0]?.length ?? 0, seed: SEED }
    try {
      const result = await port.projector.project(side, request, (projection) => isWanted() && show({ projection, drawings }))
      if (result && isWanted()) show({ projection: result, drawings })
    } catch (error) {
      if (isWanted()) report(error)
    }
  }

  /** What the chosen drawing's edit moves, in each model whose features are there. */
  async function compare(): Promise<void> {
    const { sides, groups, chosen, features } = get()
    const { group, number } = whereIs(groups, chosen)
    const before = groups[group]?.drawings[0]
    const after = groups[group]?.drawings[number]
    if (!before || !after) return
    for (const id of new Set(SIDES.map((side) => sides[side]))) {
      if (!id || !features[id]) continue
      const isWanted = (): boolean => get().chosen === chosen && get().groups === groups
      try {
        const change = await port.models.featureChange({ shipped: id }, ({ sizePx }) =>
          isWanted() ? { before: drawingBitmap(before, sizePx), after: drawingBitmap(after, sizePx) } : null,
        )
        if (!change || !isWanted()) return
        const shown = SIDES.filter((side) => get().sides[side] === id).map((side) => [side, change.layers])
        set({ changes: { ...get().changes, ...Object.fromEntries(shown) } })
      } catch (error) {
        if (isWanted()) report(error)
      }
    }
  }

  function projectAll(): void {
    set({ plots: NO_PLOTS })
    for (const side of SIDES) void project(side)
  }

  /** What was computed of other drawings or another place is of no use. */
  function startAnew(changes: Partial<LabState>): void {
    set({ ...changes, features: {}, plots: NO_PLOTS })
    void start()
  }

  async function load(): Promise<void> {
    try {
      const groups = await port.loadDrawings()
      set({ groups, isLoaded: true })
      await start()
    } catch (error) {
      report(error)
    }
  }

  let hasEntered = false
  return {
    store,
    port,
    enter: () => {
      const { sides } = get()
      const offered = facesOf(port)
      const has = (id: string): boolean => offered.some((model) => model.id === id)
      const first = (side: Side, rank: number): string | null =>
        sides[side] ?? (has(FIRST[side]) ? FIRST[side] : ((offered[rank] ?? offered[0])?.id ?? null))
      set({ sides: { left: first('left', 0), right: first('right', 1) } })
      if (hasEntered || offered.length === 0) return
      hasEntered = true
      void load()
    },
    chooseModel: (side, id) => {
      set({ sides: { ...get().sides, [side]: id }, plots: { ...get().plots, [side]: null }, changes: { ...get().changes, [side]: null } })
      void start()
    },
    chooseLayer: (layer) => {
      set({ layer })
      projectAll()
    },
    chooseMethod: (method) => {
      set({ method })
      projectAll()
    },
    choosePoint: (point) => startAnew({ point }),
    toggleGroup: (id) => {
      const left = new Set(get().left)
      if (!left.delete(id)) left.add(id)
      set({ left })
      projectAll()
    },
    choose: (chosen) => {
      if (chosen === get().chosen) return
      set({ chosen })
      void compare()
    },
    addOwn: async () => {
      try {
        const drawings = await port.ownDrawings()
        if (drawings.length === 0) port.toasts.show({ kind: 'note', title: port.messages().lab.noOwn })
        else startAnew({ groups: [...get().groups.filter(({ id }) => id !== OWN_GROUP), { id: OWN_GROUP, drawings }] })
      } catch (error) {
        report(error)
      }
    },
    start: async () => (get().isLoaded ? start() : load()),
    cancel: () => {
      running.abort()
      set({ run: null })
    },
  }
}

const sameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, i) => value === b[i])

/** Models that make faces of sketches. */
export const facesOf = (port: LabPort) => port.models.list().filter(({ role }) => FACE_ROLES.includes(role))

/** Places of the drawings whose group takes part. */
export function takingPart({ groups, left }: Pick<LabState, 'groups' | 'left'>): number[] {
  return groups.flatMap(({ id, drawings }, group) => {
    const first = groups.slice(0, group).reduce((sum, before) => sum + before.drawings.length, 0)
    return left.has(id) ? [] : drawings.map((_, i) => first + i)
  })
}

/** Group of a drawing and its number there, from its place in the whole list. */
export function whereIs(groups: LabState['groups'], drawing: number): { readonly group: number; readonly number: number } {
  let rest = drawing
  for (const [group, { drawings }] of groups.entries()) {
    if (rest < drawings.length) return { group, number: rest }
    rest -= drawings.length
  }
  return { group: 0, number: 0 }
}
