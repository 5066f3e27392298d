/** The lab's state and what can be done in it. React sees its store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Part } from '../../faces/parts'
import type { Edit } from '../../lab/edit'
import { toErrorReport } from '../../shared/errors'
import { EYE_CORNER, type PagePoint } from '../../shared/featurePlace'
import type { ProjectionMethod } from '../../workers/labClient'
import { FACE_ROLES } from '../../workers/protocol'
import { createDrawingFeatures } from './drawingFeatures'
import { createEditStudies } from './editStudies'
import { penLine, withLine } from './edits'
import { drawingsOf } from './groups'
import { draggedGroup, lassoGroup, withPicked } from './ownGroups'
import { type LabGroup, type LabPort, type LabState, type LabView, M1, NO_PLOTS, OURS, OWN_GROUP, type Side } from './roomTypes'

/** What stands side by side to begin with, where it is installed. */
const FIRST = { left: M1, right: OURS } as const

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
  /** What was caught in a plot becomes a group. @param drawings places in the whole list */
  readonly lasso: (drawings: readonly number[]) => void
  /** The drawing on show joins the newest such group. */
  readonly pick: () => void
  /** One part of the drawing on show, moved along a way (flat dx, dy in sketch pixels), becomes a group. */
  readonly drag: (part: Part, way: readonly number[]) => void
  readonly dropGroup: (id: string) => void
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
  const drawings = createDrawingFeatures({ port, store, report })
  const studies = createEditStudies({ port, store, report })

  function report(error: unknown): void {
    set({ error: toErrorReport(error), run: null })
  }

  function choosePoint(point: PagePoint): void {
    drawings.forget()
    set({ point, features: {}, plots: NO_PLOTS })
    void drawings.start()
  }

  /** Other drawings; what is known of those that stay is not asked again. */
  function regroup(groups: LabState['groups']): void {
    const total = drawingsOf(groups).length
    set({ groups, features: {}, plots: NO_PLOTS, chosen: Math.min(get().chosen, Math.max(0, total - 1)) })
    void drawings.start()
  }

  /** A new group, or a word on why there is none. */
  function add(group: LabGroup | null, reason: string): void {
    if (group) regroup([...get().groups, group])
    else port.toasts.show({ kind: 'note', title: reason })
  }

  function edit(ownEdit: Edit | null): void {
    set({ ownEdit })
    void studies.refresh()
  }

  async function load(): Promise<void> {
    try {
      const groups = await port.loadDrawings()
      set({ groups, isLoaded: true })
      void studies.refresh()
      await drawings.start()
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
      void drawings.start()
      void studies.refresh()
    },
    chooseLayer: (layer) => {
      set({ layer })
      drawings.project()
      void studies.refresh()
    },
    chooseMethod: (method) => {
      set({ method })
      drawings.project()
    },
    choosePoint,
    toggleGroup: (id) => {
      const left = new Set(get().left)
      if (!left.delete(id)) left.add(id)
      set({ left })
      drawings.project()
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
        const own = await port.ownDrawings()
        if (own.length === 0) port.toasts.show({ kind: 'note', title: port.messages().lab.noOwn })
        else regroup([...get().groups.filter(({ id }) => id !== OWN_GROUP), { id: OWN_GROUP, drawings: own }])
      } catch (error) {
        report(error)
      }
    },
    lasso: (caught) => add(lassoGroup(get(), caught), port.messages().lab.lassoEmpty),
    pick: () => regroup(withPicked(get())),
    drag: (part, way) => add(draggedGroup(get(), part, way), port.messages().lab.dragTooShort),
    dropGroup: (id) => {
      const left = new Set(get().left)
      left.delete(id)
      set({ left })
      regroup(get().groups.filter((group) => group.id !== id))
    },
    start: async () => {
      if (!get().isLoaded) return load()
      void studies.refresh()
      await drawings.start()
    },
    cancel: () => {
      drawings.cancel()
      studies.cancel()
    },
  }
}

/** Models that make faces of sketches. */
export const facesOf = (port: LabPort) => port.models.list().filter(({ role }) => FACE_ROLES.includes(role))
