/** What can stand in the log of a case: one payload a kind. Everything that is known of a case is told by its log (`caseState.ts`). */

import * as v from 'valibot'
import { LEFT_OUT_PARTS, strokeSchema } from './entrySchemas'
import { STEP_IDS } from './interview'

const text = v.string()
const id = v.string()
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const weights = v.array(v.string())

/** The fields that an operator fills in; all but number and operator may stay empty. */
export const CASE_FIELDS = ['number', 'title', 'operator', 'agency', 'incident'] as const
export type CaseField = (typeof CASE_FIELDS)[number]

/** Everything but the drawing that a face is made under. */
export const SETTING_NAMES = ['look', 'tolerance', 'locality', 'standIns', 'underlay', 'placement'] as const
export type SettingName = (typeof SETTING_NAMES)[number]

/** What a witness can be shown. */
export const SHOWN = ['blank', 'sketch', 'greyFace', 'colourFace', 'version'] as const
export type Shown = (typeof SHOWN)[number]

/** How sure a witness is that the picture looks like the person. */
export const LIKENESS_MOST = 10
export const REPRESENTS = ['yes', 'partly', 'no'] as const

const settings = v.record(v.string(), v.unknown())
/** One splice of the list of strokes; a text is the id of a stroke that stays as it was. */
const change = v.object({
  sketch: id,
  start: v.number(),
  deleted: v.number(),
  insert: v.array(v.union([v.string(), strokeSchema])),
  leftOut: v.exactOptional(v.array(v.picklist(LEFT_OUT_PARTS))),
  unplaced: v.exactOptional(v.boolean()),
  /** It was made while nothing was recorded: found when the case was opened again after an interruption, or in a drawing that was there before. */
  found: v.exactOptional(v.boolean()),
})
const version = v.object({
  version: id,
  /** The version that it was drawn from; `null` for a first one. */
  parent: v.nullable(id),
  session: v.nullable(id),
  witness: v.nullable(id),
  name: text,
  /** Digests of files of the case: the drawing (JSON), the face (PNG) and all that the face was made of (`requestFile.ts`); `null` without a face. */
  drawing: digest,
  face: v.nullable(digest),
  request: v.nullable(digest),
  /** Of the face's pixels (RGBA): what making it again must give. */
  pixels: v.nullable(digest),
  model: v.nullable(v.object({ id, weights, backend: text })),
  strokes: v.number(),
})

export const PAYLOADS = {
  created: v.object({ case: id, fields: v.record(v.picklist(CASE_FIELDS), text) }),
  edited: v.object({ field: v.picklist(CASE_FIELDS), value: text }),
  /** A local date, `2027-01-31`, after which the case asks to be deleted. */
  retention: v.object({ until: v.nullable(text) }),
  witness: v.object({ witness: id, name: text, note: text }),
  sessionStarted: v.object({ session: id, witness: id, sketch: id, settings }),
  sessionResumed: v.object({ session: id, settings }),
  /** Another sketch goes on in the session: one that begins as a version was. */
  drawing: v.object({ session: id, sketch: id, from: v.nullable(id) }),
  sessionEnded: v.object({ session: id }),
  step: v.object({ session: id, step: v.picklist(STEP_IDS), words: text, checks: v.array(text) }),
  stepSkipped: v.object({ session: id, step: v.picklist(STEP_IDS), reason: text }),
  change,
  setting: v.object({ name: v.picklist(SETTING_NAMES), value: v.unknown() }),
  model: v.object({ id, weights, backend: text }),
  /** `digest` of the very picture (PNG) among the case's files; `null` for a view that follows the drawing, and for a blank one. */
  shown: v.object({ what: v.picklist(SHOWN), version: v.nullable(id), digest: v.nullable(digest) }),
  version,
  versionRenamed: v.object({ version: id, name: text }),
  note: v.object({ about: v.nullable(id), words: text }),
  likeness: v.object({ version: id, witness: v.nullable(id), rating: v.pipe(v.number(), v.integer()), words: text }),
  confirmation: v.object({
    version: id,
    witness: v.nullable(id),
    represents: v.picklist(REPRESENTS),
    statement: text,
    initials: text,
    date: text,
  }),
  morph: v.object({ versions: v.array(id), picture: digest, drawing: digest }),
  reproduced: v.object({ version: id, result: v.picklist(['same', 'within', 'different', 'otherModel']), backend: text, most: v.number() }),
  verified: v.object({ entries: v.number(), digest, intact: v.boolean() }),
  exported: v.object({ what: v.picklist(['log', 'case']), encrypted: v.boolean(), entries: v.number() }),
  imported: v.object({ digest }),
  printed: v.object({ version: v.nullable(id) }),
  lock: v.object({ isOn: v.boolean() }),
} as const

export type EntryKind = keyof typeof PAYLOADS
export type Payload<K extends EntryKind> = v.InferOutput<(typeof PAYLOADS)[K]>
export type StrokeChange = Payload<'change'>
export type VersionEntry = Payload<'version'>
export type Represents = (typeof REPRESENTS)[number]

export const isEntryKind = (kind: string): kind is EntryKind => Object.hasOwn(PAYLOADS, kind)

/** @returns `null` for one that says something else than its kind may: it stays in the log, and nothing is made of it */
export function readPayload<K extends EntryKind>(kind: K, json: string): Payload<K> | null {
  try {
    const result = v.safeParse(PAYLOADS[kind] as unknown as v.GenericSchema<unknown, Payload<K>>, JSON.parse(json))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

/** Digests of all files that the entries name. */
export function filesOf(entries: readonly { readonly kind: string; readonly text: string }[]): readonly string[] {
  const named = entries.flatMap(({ kind, text }) => (isEntryKind(kind) && Object.hasOwn(FILES, kind) ? (FILES[kind]?.(text) ?? []) : []))
  return [...new Set(named.filter((digest) => typeof digest === 'string'))]
}

const FILES: { readonly [K in EntryKind]?: (json: string) => readonly (string | null | undefined)[] } = {
  version: (json) => {
    const entry = readPayload('version', json)
    return [entry?.drawing, entry?.face, entry?.request]
  },
  shown: (json) => [readPayload('shown', json)?.digest],
  morph: (json) => {
    const entry = readPayload('morph', json)
    return [entry?.picture, entry?.drawing]
  },
}
