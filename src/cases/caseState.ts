/** What is known of a case: its log, entry by entry, folded. Nothing of a case stands anywhere else, so a log that is intact is a case that is intact. */

import type { Entry } from './chain'
import { CASE_FIELDS, type CaseField, type EntryKind, isEntryKind, type Payload, readPayload, type VersionEntry } from './entries'
import type { StepId } from './interview'

export interface Witness {
  readonly id: string
  readonly name: string
  readonly note: string
}

export interface StepDone {
  readonly at: string
  readonly words: string
  readonly checks: readonly string[]
  /** Why the step was left out; `null` for one that was taken. */
  readonly skipped: string | null
}

export interface CaseSession {
  readonly id: string
  readonly witness: string
  /** On which it is drawn now. */
  readonly sketch: string
  readonly startedAt: string
  readonly endedAt: string | null
  /** The newest answer to each step; earlier ones stay in the log. */
  readonly steps: Readonly<Partial<Record<StepId, StepDone>>>
}

export interface Version extends VersionEntry {
  readonly at: string
}

/** An entry's payload with when it was made. */
export type Dated<K extends EntryKind> = Payload<K> & { readonly at: string }

export interface CaseState {
  readonly id: string
  readonly createdAt: string
  readonly fields: Readonly<Record<CaseField, string>>
  readonly retainUntil: string | null
  readonly witnesses: readonly Witness[]
  readonly sessions: readonly CaseSession[]
  /** All sketches that were drawn on. */
  readonly sketches: readonly string[]
  readonly versions: readonly Version[]
  readonly notes: readonly Dated<'note'>[]
  readonly likenesses: readonly Dated<'likeness'>[]
  readonly confirmations: readonly Dated<'confirmation'>[]
  readonly morphs: readonly Dated<'morph'>[]
  /** Entries that say nothing that this version of the studio knows. */
  readonly unread: number
}

export const NO_CASE: CaseState = {
  id: '',
  createdAt: '',
  fields: Object.fromEntries(CASE_FIELDS.map((field) => [field, ''])) as Record<CaseField, string>,
  retainUntil: null,
  witnesses: [],
  sessions: [],
  sketches: [],
  versions: [],
  notes: [],
  likenesses: [],
  confirmations: [],
  morphs: [],
  unread: 0,
}

/** Strokes are most of a log and say nothing of the case as a whole: they are not even parsed. */
const PASSED_OVER: ReadonlySet<EntryKind> = new Set([
  'change',
  'setting',
  'model',
  'shown',
  'reproduced',
  'verified',
  'exported',
  'imported',
  'printed',
  'lock',
])

export function caseState(entries: readonly Entry[], before: CaseState = NO_CASE): CaseState {
  return entries.reduce(withEntry, before)
}

function withEntry(state: CaseState, { kind, at, text }: Entry): CaseState {
  if (!isEntryKind(kind)) return { ...state, unread: state.unread + 1 }
  if (PASSED_OVER.has(kind)) return state
  const fold = FOLDS[kind] as ((state: CaseState, payload: unknown, at: string) => CaseState) | undefined
  const payload = readPayload(kind, text)
  return payload === null ? { ...state, unread: state.unread + 1 } : (fold?.(state, payload, at) ?? state)
}

const dated = <P extends object>(payload: P, at: string): P & { at: string } => ({ ...payload, at })

const FOLDS: { readonly [K in EntryKind]?: (state: CaseState, payload: Payload<K>, at: string) => CaseState } = {
  created: (state, { case: id, fields }, at) => ({ ...state, id, createdAt: at, fields: { ...state.fields, ...fields } }),
  edited: (state, { field, value }) => ({ ...state, fields: { ...state.fields, [field]: value } }),
  retention: (state, { until }) => ({ ...state, retainUntil: until }),
  witness: (state, { witness: id, name, note }) => ({
    ...state,
    witnesses: [...state.witnesses.filter((each) => each.id !== id), { id, name, note }],
  }),
  sessionStarted: (state, { session: id, witness, sketch }, at) => ({
    ...state,
    sessions: [...state.sessions, { id, witness, sketch, startedAt: at, endedAt: null, steps: {} }],
    sketches: [...new Set([...state.sketches, sketch])],
  }),
  drawing: (state, { session, sketch }) => ({
    ...withSession(state, session, () => ({ sketch })),
    sketches: [...new Set([...state.sketches, sketch])],
  }),
  sessionResumed: (state, { session }) => withSession(state, session, () => ({ endedAt: null })),
  sessionEnded: (state, { session }, at) => withSession(state, session, () => ({ endedAt: at })),
  step: (state, { session, step, words, checks }, at) =>
    withSession(state, session, ({ steps }) => ({ steps: { ...steps, [step]: { at, words, checks, skipped: null } } })),
  stepSkipped: (state, { session, step, reason }, at) =>
    withSession(state, session, ({ steps }) => ({ steps: { ...steps, [step]: { at, words: '', checks: [], skipped: reason } } })),
  version: (state, version, at) => ({ ...state, versions: [...state.versions, dated(version, at)] }),
  versionRenamed: (state, { version, name }) => ({
    ...state,
    versions: state.versions.map((each) => (each.version === version ? { ...each, name } : each)),
  }),
  note: (state, note, at) => ({ ...state, notes: [...state.notes, dated(note, at)] }),
  likeness: (state, likeness, at) => ({ ...state, likenesses: [...state.likenesses, dated(likeness, at)] }),
  confirmation: (state, confirmation, at) => ({ ...state, confirmations: [...state.confirmations, dated(confirmation, at)] }),
  morph: (state, morph, at) => ({ ...state, morphs: [...state.morphs, dated(morph, at)] }),
}

function withSession(state: CaseState, id: string, change: (session: CaseSession) => Partial<CaseSession>): CaseState {
  return { ...state, sessions: state.sessions.map((each) => (each.id === id ? { ...each, ...change(each) } : each)) }
}

/** A version and those that were drawn from it, as a list to be indented: depth first, in the order in which they were kept. */
export function versionTree(versions: readonly Version[]): readonly { readonly version: Version; readonly depth: number }[] {
  const known = new Set(versions.map(({ version }) => version))
  const under = (parent: string | null, depth: number): { version: Version; depth: number }[] =>
    versions
      .filter((each) => (each.parent !== null && known.has(each.parent) ? each.parent : null) === parent)
      .flatMap((each) => [{ version: each, depth }, ...under(each.version, depth + 1)])
  return under(null, 0)
}
