/** Case mode without its screens: cases are listed, opened, filled in; a session draws on the page and is recorded. React sees the store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CaseField } from '../../cases/entries'
import { openVault, type Vault } from '../../cases/vault'
import { StudioError, toErrorReport } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { type OpenCase, openCase, startCase } from '../../storage/openCase'
import { type DeskCore, Refusal } from './deskCore'
import type { CasesPort, CaseTab, DeskState, OpenView } from './deskTypes'
import { hasWords } from './drafts'
import { createKeeping, type Keeping } from './keeping'
import { createMorphs, type Morphs } from './morphs'
import { SENTENCES } from './sentences'
import { createSessions, type Sessions } from './sessions'
import { createVersions, type Versions } from './versions'
import { createWitnessViews, type WitnessViews } from './witnessView'

export interface CaseDesk extends Sessions, Versions, Morphs, WitnessViews, Keeping {
  readonly store: StoreApi<DeskState>
  readonly port: CasesPort
  /** When the screen is entered, or the page starts with a session under way. */
  readonly enter: () => Promise<void>
  readonly show: (tab: CaseTab) => void
  /** A file of a case that was dropped or chosen: its pass phrase is asked for. `null` takes it back. */
  readonly offerImport: (file: File | null) => void
  /** @returns whether it was made */
  readonly create: (fields: Partial<Record<CaseField, string>>) => Promise<boolean>
  /** @param phrase of an encrypted case; without it the desk asks */
  readonly openCase: (id: string, phrase?: string) => Promise<void>
  readonly closeCase: () => Promise<void>
  readonly edit: (field: CaseField, value: string) => void
  readonly setRetention: (until: string | null) => void
  /** @returns id of the new one */
  readonly addWitness: (name: string, note: string) => string
  /** The open case. @throws StudioError `bad-request` where none is open */
  readonly current: () => OpenCase
  readonly report: (error: unknown) => void
}

const START: DeskState = {
  isLoaded: false,
  rows: [],
  open: null,
  tab: 'sheet',
  recording: null,
  witness: null,
  locked: null,
  isWorking: false,
  offered: null,
  report: null,
  drafts: {},
}

export function createCaseDesk(port: CasesPort): CaseDesk {
  const store = createStore<DeskState>(() => START)
  let open: OpenCase | null = null
  let unsubscribe: () => void = () => undefined
  /** Pieces of work that run. */
  let underway = 0
  let entering: Promise<void> | null = null

  const report = (error: unknown): void => {
    const m = port.messages()
    const { code, message } = toErrorReport(error)
    const problems: Readonly<Record<string, string>> = m.cases.problems
    port.toasts.show({
      kind: 'problem',
      title: problems[code] ?? m.errors[code].title,
      detail: error instanceof Refusal || m.name === 'English' ? message : (SENTENCES[m.name]?.[message] ?? m.errors[code].advice),
    })
  }
  const reload = async (): Promise<void> => store.setState({ rows: await port.library.list(), isLoaded: true })
  const current = (): OpenCase => {
    if (!open) throw new StudioError('bad-request', 'No case is open.')
    return open
  }
  const take = (next: OpenCase, tab: CaseTab): void => {
    unsubscribe()
    open = next
    const publish = (): void => store.setState({ open: viewOf(next) })
    unsubscribe = next.subscribe(publish)
    store.setState({ locked: null, tab, report: null })
    publish()
  }
  const closeCase = async (): Promise<void> => {
    const closing = open
    // Nothing is closed over entries that are not on the disk.
    await closing?.flush()
    unsubscribe()
    open = null
    store.setState({ open: null, report: null, drafts: {} })
    await closing?.close()
    await reload()
  }
  const working: DeskCore['working'] = async (work) => {
    store.setState({ isWorking: ++underway > 0 })
    try {
      return await work()
    } catch (error) {
      report(error)
      return null
    } finally {
      store.setState({ isWorking: --underway > 0 })
    }
  }
  const entered: DeskCore['entered'] = async (append) => {
    let isIn = false
    await working(async () => {
      const written = append()
      isIn = true
      await written
    })
    return isIn
  }
  const core: DeskCore = { port, store, current, report, working, entered, reload, closeCase }
  const sessions = createSessions(core)
  const versions = createVersions(core, sessions)
  const witness = createWitnessViews(core, sessions, versions)
  const add: OpenCase['append'] = (...entry) => {
    const written = current().append(...entry)
    written.catch(report)
    return written
  }

  /** Asks before a session ends, or words go that were typed and not kept. */
  const mayLeave = async (): Promise<boolean> => {
    const { recording } = store.getState()
    const losesWords = hasWords(store.getState())
    if (!recording && !losesWords) return true
    const { leave: m, endSession, closeCase: close } = port.messages().cases
    const body = [...(recording ? [m.drawing] : []), ...(losesWords ? [m.words] : [])].join(' ')
    return await port.confirm({ title: recording ? m.endTitle : m.wordsTitle, body, yes: recording ? endSession : close })
  }
  const leaveOpen = async (): Promise<boolean> => {
    if (open) await desk.closeCase()
    return open === null
  }
  const enter = async (): Promise<void> => {
    await reload().catch(report)
    const left = await sessions.leftOpen()
    if (!left || open) return
    const row = await working(() => port.library.get(left))
    if (row?.hint) store.setState({ locked: { id: left, goesOn: true } })
    else if (row) await desk.openCase(left)
  }

  const desk: Omit<CaseDesk, keyof Sessions | keyof Versions | keyof Morphs | keyof WitnessViews | keyof Keeping> = {
    store,
    port,
    current,
    report,
    closeCase: async () => {
      if (!(await mayLeave()) || (store.getState().recording && !(await sessions.endSession()))) return
      await working(closeCase)
    },
    offerImport: (offered) => store.setState({ offered }),
    show: (tab) => store.setState({ tab, report: null }),
    enter: () => {
      entering ??= enter().finally(() => {
        entering = null
      })
      return entering
    },
    create: async (fields) =>
      (await working(async () => {
        if (!(await leaveOpen())) return false
        const id = newId()
        const next = await startCase({ library: port.library, id, vault: null, now: port.now })
        await next.append('created', { case: id, fields })
        take(next, 'sheet')
        await reload()
        return true
      })) ?? false,
    openCase: async (id, phrase) => {
      await working(async () => {
        if (open?.id === id) return
        const row = await port.library.get(id)
        if (row?.hint && phrase === undefined) {
          store.setState({ locked: { id, goesOn: false } })
          return
        }
        const vault: Vault | null = row?.hint ? await openVault(phrase ?? '', row.hint) : null
        if (!(await leaveOpen())) return
        take(await openCase({ library: port.library, id, vault, now: port.now }), 'sheet')
        const window = await sessions.goOnIfLeft()
        if (window) witness.takeUpWitness(window)
      })
    },
    edit: (field, value) => {
      if (current().state.fields[field] !== value) void add('edited', { field, value })
    },
    setRetention: (until) => void add('retention', { until }),
    addWitness: (name, note) => {
      const witness = newId()
      void add('witness', { witness, name, note })
      return witness
    },
  }
  port.library.onChange(() => void reload().catch(() => undefined))
  return {
    ...desk,
    ...sessions,
    startSession: async (of) => {
      if (!store.getState().recording || (await mayLeave())) await sessions.startSession(of)
    },
    endSession: async () => (await mayLeave()) && (await sessions.endSession()),
    ...versions,
    ...createMorphs(core, sessions, versions),
    ...witness,
    ...createKeeping(core, sessions),
  }
}

function viewOf(open: OpenCase): OpenView {
  const { id, state, entries, isEncrypted, unsaved, error } = open
  return { id, state, entries, isEncrypted, unsaved, error }
}
