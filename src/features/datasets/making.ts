/** Sets that are made here: the starter set of synthetic people, and a person's own sketches with the faces that the live model paints of them. */

import type { StoreApi } from 'zustand/vanilla'
import type { DataSets } from '../../storage/dataSets'
import type { ItemSources } from '../../workers/photosClient'
import { sketchPair } from './ownSketches'
import type { DataSetsPort, DataSetsState } from './roomTypes'
import { chooseHeldOut, USUAL_SHARE } from './split'
import { STARTER_PEOPLE, starterModelsOf, starterPerson } from './starter'
import type { Tasks } from './tasks'

interface Parts {
  readonly port: DataSetsPort
  readonly store: StoreApi<DataSetsState>
  readonly sets: () => Promise<DataSets>
  readonly select: (id: string) => void
  readonly tasks: Tasks
}

type Made = Pick<ItemSources, 'a' | 'b'> & Partial<Pick<ItemSources, 'heldOut'>>

export function createMaking({ port, store, sets, select, tasks }: Parts) {
  const { reader, toasts, messages } = port
  const { alone, goOn } = tasks
  const show = (name: string, place: number, total: number): void => store.setState({ work: { what: 'making', name, place, total } })

  /** One after another into a set; `null` is left out. @returns how many there are */
  const fill = async (
    dataSetId: string,
    names: readonly string[],
    terms: Pick<ItemSources, 'isSketch' | 'mayBeWhole'>,
    make: (place: number) => Promise<Made | null>,
  ): Promise<number> => {
    let added = 0
    for (const [place, name] of names.entries()) {
      goOn()
      show(name, place + 1, names.length)
      const made = await make(place)
      goOn()
      if (!made) continue
      const { leftOut } = await reader.takeItem({ dataSetId, name, heldOut: false, isCombined: false, drawsB: false, ...terms, ...made })
      if (!leftOut) added++
    }
    return added
  }

  return {
    makeStarter: (): Promise<void> =>
      alone(async () => {
        const m = messages().dataSets
        show(m.examplePerson(1), 1, STARTER_PEOPLE)
        await port.models.whenKnown()
        goOn()
        const refs = starterModelsOf(port.models.list())
        if (!refs) {
          toasts.show({ kind: 'problem', title: m.nothing, detail: m.exampleMissing })
          return
        }
        const id = await (await sets()).create(m.exampleName, 'pairs')
        select(id)
        const names = Array.from({ length: STARTER_PEOPLE }, (_, i) => m.examplePerson(i + 1))
        const added = await fill(id, names, { isSketch: false, mayBeWhole: false }, async (place) => {
          const person = await starterPerson(port.models, refs, place)
          return person && { a: person.photo, b: person.picture, heldOut: person.heldOut }
        })
        toasts.show({ kind: 'note', title: m.addedPairs(added), detail: m.exampleNote })
      }),

    makeOfSketches: (): Promise<void> =>
      alone(async () => {
        const m = messages().dataSets
        show(m.sketchesName, 1, 1)
        await port.models.whenKnown()
        goOn()
        const live = starterModelsOf(port.models.list())?.live
        const projects = await port.sketches()
        if (!live || projects.length === 0) {
          toasts.show({ kind: 'problem', title: m.nothing, detail: live ? m.noSketches : m.exampleMissing })
          return
        }
        const opened = await sets()
        const id = await opened.create(m.sketchesName, 'pairs', 'sketch')
        select(id)
        const names = projects.map(({ document }, i) => document.name || m.sketchName(i + 1))
        const added = await fill(id, names, { isSketch: true, mayBeWhole: true }, async (place) => {
          const project = projects[place]
          return project ? sketchPair(port.models, live, project) : null
        })
        await opened.holdOut(id, chooseHeldOut(await opened.entries(id), USUAL_SHARE, Math.random))
        toasts.show({ kind: 'note', title: m.addedPairs(added), detail: m.sketchesNote })
      }),
  }
}
