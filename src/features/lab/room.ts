/** The lab's state and what can be done in it. React sees its store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { collectFeatures } from '../../lab/collect'
import { type Drawing, drawingBitmap } from '../../lab/drawingSet'
import { joinVectors } from '../../lab/vectors'
import { toErrorReport } from '../../shared/errors'
import { EYE_CORNER, type PagePoint } from '../../shared/featurePlace'
import type { ProjectionMethod } from '../../workers/labClient'
import { FACE_ROLES } from '../../workers/protocol'
import { createEditStudies, refIn } from './editStudies'
import { penLine, withLine } from './edits'
import { takingPart } from './groups'
import { type Edit, type LabPort, type LabState, type LabView, OWN_GROUP, SIDES, type Side } from './roomTypes'

/** What stands side by side to begin with, where it is installed: the thesis's two. */
const FIRST = { left: 'ablation-m1', right: 'ablation-ours' } as const
const SEED = 1
const NO_PLOTS = { left: null, right: null } as const

export interface LabRoom {
  readonly store: StoreApi<LabState>
  readonly port: LabPort
  /** Loads the drawings and the first two models' features; nothing happens when they are there. */
  readonly enter: () => void
  readonly chooseView: (view: LabView) => void
  readonly chooseModel: (side: Side, id: string) => void
  readonly chooseLayer: (layer: number) => void
  readonly chooseMethod: (method: ProjectionMethod) => void
  readonly choosePoint: (point: PagePoint) => void
  readonly toggleGroup: (id: string) => void
  readonly choose: (drawing: number) => void
  /** One more line on the drawing on show: it is the edit from then on. @param way flat x, y in sketch pixels */
  readonly drawLine: (way: readonly number[]) => void
  /** The last stroke of the studio's page becomes the edit. */
  readonly takePage: () => void
  /** Back to the edits of the groups. */
  readonly dropOwnEdit: () => void
  readonly addOwn: () => Promise<void>
  /** Computes what is missing. */
  readonly start: () => Promise<void>
  readonly cancel: () => void
}

export function createLabRoom(port: LabPort): LabRoom {
  const store = createStore<LabState>(() => ({
    view: 'plane',
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
    ...{ studies: {}, faces: {}, editRun: null, ownEdit: null },
    // The first of a group is its base; the second has an edit to show.
    chosen: 1,
  }))
  const { getState: get, setState: set } = store
  let running = new AbortController()
  const studies = createEditStudies({ port, store, report })

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
      void studies.refresh()
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
      const answer = await port.models.features(refIn(port, model), (summary) => {
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

  function projectAll(): void {
    set({ plots: NO_PLOTS })
    for (const side of SIDES) void project(side)
  }

  /** What was computed of other drawings or another place is of no use. */
  function startAnew(changes: Partial<LabState>): void {
    set({ ...changes, features: {}, plots: NO_PLOTS })
    void start()
  }

  function edit(ownEdit: Edit | null): void {
    set({ ownEdit })
    void studies.refresh()
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
    chooseView: (view) => {
      set({ view })
      void studies.refresh()
    },
    chooseModel: (side, id) => {
      set({ sides: { ...get().sides, [side]: id }, plots: { ...get().plots, [side]: null } })
      void start()
      void studies.refresh()
    },
    chooseLayer: (layer) => {
      set({ layer })
      projectAll()
      void studies.refresh()
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
      set({ chosen, ownEdit: null })
      void studies.refresh()
    },
    drawLine: (way) => edit(withLine(get(), penLine(way))),
    takePage: () => {
      const own = port.pageEdit()
      if (own) edit(own)
      else port.toasts.show({ kind: 'note', title: port.messages().lab.noPage })
    },
    dropOwnEdit: () => edit(null),
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
      studies.cancel()
    },
  }
}

const sameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, i) => value === b[i])

/** Models that make faces of sketches. */
export const facesOf = (port: LabPort) => port.models.list().filter(({ role }) => FACE_ROLES.includes(role))
