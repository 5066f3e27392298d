/**
 * Files on their way into a set, one after another: zips are unpacked, paths sorted into sides and pairs, the space asked for, then each item read and cut in the
 * worker. What cannot be used is said by name; what was added before stays.
 */

import type { StoreApi } from 'zustand/vanilla'
import { toErrorReport } from '../../shared/errors'
import { fileBase } from '../../shared/fileBase'
import type { DataSets } from '../../storage/dataSets'
import type { DataSetRow } from '../../storage/trainingRows'
import { writeBytes } from '../ui/writeBytes'
import type { DataSetsPort, DataSetsState } from './roomTypes'
import { isZip, kindOf, type Placed, type SortedItem, sortFiles } from './sorting'
import { neededBytes, shortageOf } from './space'
import { chooseHeldOut, USUAL_SHARE } from './split'
import type { Tasks } from './tasks'

interface Parts {
  readonly port: DataSetsPort
  readonly store: StoreApi<DataSetsState>
  readonly sets: () => Promise<DataSets>
  readonly select: (id: string) => void
  readonly tasks: Tasks
}

/** More sentences than this are read by nobody. */
const MOST_SENTENCES = 6
const MOST_LETTERS = 80

export function createIntake({ port, store, sets, select, tasks }: Parts) {
  const { reader, toasts, messages } = port
  const { alone, goOn, isCancelled } = tasks
  const say = (error: unknown): string => {
    const m = messages()
    const { code, message } = toErrorReport(error)
    return m.name === 'English' ? message : m.errors[code].advice
  }
  /** The files of zips too; sets that the studio exported are in the database then. */
  const unpacked = async (files: readonly File[]): Promise<{ placed: Placed<Blob>[]; sets: number }> => {
    const placed: Placed<Blob>[] = []
    let restored = 0
    for (const file of files) {
      const path = pathOf(file)
      if (!isZip(path)) {
        placed.push({ path, file })
        continue
      }
      store.setState({ work: { what: 'unpacking', name: file.name, place: 0, total: 0 } })
      const usage = await port.usage()
      const { set, files: packed } = await reader.openArchive(file, usage && Math.max(0, usage.quotaBytes - usage.usedBytes))
      goOn()
      placed.push(...packed.map(({ path: inside, bytes }) => ({ path: inside, file: new Blob([bytes]) })))
      if (!set) continue
      restored++
      select(set.id)
      toasts.show({ kind: 'note', title: messages().dataSets.imported(set.name, set.items) })
    }
    return { placed, sets: restored }
  }

  /** The selected set, or a new one that is called like what came. */
  const target = async (placed: readonly Placed<Blob>[], files: readonly File[]): Promise<DataSetRow | undefined> => {
    const opened = await sets()
    const { selected } = store.getState()
    const known = (await opened.list()).find(({ id }) => id === selected)
    if (known) return known
    const [first] = files
    const folder = first ? pathOf(first).split('/').slice(0, -1)[0] : undefined
    const archive = files.find(({ name }) => isZip(name))?.name.replace(/\.zip$/i, '')
    const name = (folder ?? archive ?? messages().dataSets.defaultName(1)).slice(0, MOST_LETTERS)
    const id = await opened.create(name, kindOf(placed))
    select(id)
    return (await opened.list()).find((set) => set.id === id)
  }

  const hasRoom = async (items: readonly SortedItem<Blob>[]): Promise<boolean> => {
    const sides = items.reduce((sum, { a, b, isCombined }) => sum + (a && (b || isCombined || store.getState().drawsB) ? 2 : 1), 0)
    const shortage = shortageOf(neededBytes(items.length, sides), await port.usage())
    if (!shortage) return true
    const m = messages().dataSets
    const [need, free] = [shortage.needBytes, shortage.freeBytes].map((bytes) => writeBytes(bytes, port.language())) as [string, string]
    toasts.show({ kind: 'problem', title: m.fullTitle, detail: m.full(need, free) })
    return false
  }

  const takeAll = async (set: DataSetRow, items: readonly SortedItem<Blob>[]): Promise<{ added: number; sentences: string[] }> => {
    const sentences: string[] = []
    let added = 0
    for (const [i, { name, heldOut, a, b, isCombined }] of items.entries()) {
      if (isCancelled()) break
      const work = { name, place: i + 1, total: items.length }
      store.setState({ work: { what: 'reading', ...work } })
      try {
        const mayBeWhole = set.kind === 'unpaired' && b !== null
        const sources = {
          dataSetId: set.id,
          name,
          heldOut,
          a,
          b,
          isCombined,
          isSketch: false,
          mayBeWhole,
          drawsB: set.kind === 'pairs' && store.getState().drawsB,
        }
        const { leftOut } = await reader.takeItem(sources, (what) => store.setState({ work: { what, ...work } }))
        if (leftOut) sentences.push(messages().dataSets.reasons[leftOut](name))
        else added++
      } catch (error) {
        if (isCancelled()) break
        // Without room, or without a place to keep anything, the others would fail as well.
        if (['storage-full', 'storage-unavailable', 'no-backend'].includes(toErrorReport(error).code)) throw error
        sentences.push(`${name}: ${say(error)}`)
      }
    }
    return { added, sentences }
  }

  const tell = (set: DataSetRow, added: number, heldOut: number | null, sentences: readonly string[]): void => {
    const m = messages().dataSets
    if (sentences.length > 0) {
      const more = sentences.length - MOST_SENTENCES
      const detail = [...sentences.slice(0, MOST_SENTENCES), ...(more > 0 ? [m.leftOutMore(more)] : [])].join(' ')
      toasts.show({ kind: 'problem', title: added > 0 ? m.leftOut(sentences.length) : m.nothing, detail })
    }
    if (isCancelled()) toasts.show({ kind: 'note', title: m.stopped })
    else if (added > 0) {
      const detail = heldOut === null ? undefined : m.heldOutNow(heldOut)
      toasts.show({ kind: 'note', title: set.kind === 'pairs' ? m.addedPairs(added) : m.added(added), detail })
    }
  }

  /** A set of which nothing is held out has nothing to be judged by; `null` where something was already. */
  const holdSomeOut = async ({ id }: DataSetRow): Promise<number | null> => {
    const opened = await sets()
    const entries = await opened.entries(id)
    if (entries.some(({ heldOut }) => heldOut)) return null
    const chosen = chooseHeldOut(entries, USUAL_SHARE, Math.random)
    if (chosen.size > 0) await opened.holdOut(id, chosen)
    return chosen.size > 0 ? chosen.size : null
  }

  return {
    takeFiles: (files: readonly File[]): Promise<void> =>
      alone(async () => {
        const { placed, sets: restored } = await unpacked(files)
        if (placed.length === 0 && restored > 0) return
        const { looseSide, drawsB } = store.getState()
        const set = placed.length > 0 ? await target(placed, files) : undefined
        const m = messages().dataSets
        if (!set) {
          toasts.show({ kind: 'problem', title: m.nothing, detail: m.reasons.noPicture(0) })
          return
        }
        const { items, leftOut, noPictures } = sortFiles(placed, set.kind, { looseSide, keepsLonely: drawsB })
        if (!(await hasRoom(items))) return
        const { added, sentences } = await takeAll(set, items)
        const unsorted = leftOut.map(({ reason, name }) => m.reasons[reason](name))
        const others = noPictures > 0 ? [m.reasons.noPicture(noPictures)] : []
        const heldOut = added > 0 ? await holdSomeOut(set) : null
        tell(set, added, heldOut, [...sentences, ...unsorted, ...others])
      }),
    exportSet: (set: DataSetRow): Promise<void> =>
      alone(async () => {
        store.setState({ work: { what: 'packing', name: set.name, place: 0, total: 0 } })
        const blob = await reader.packSet(set.id)
        const name = `${fileBase(set.name, 'data-set')}.zip`
        port.download(blob, name)
        toasts.show({ kind: 'note', title: messages().dataSets.exported(name) })
      }),
  }
}

/** Its place in the folder that was chosen or dropped. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name
