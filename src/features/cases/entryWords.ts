/** An entry in a few words, for the list: the witness's words in full, of a stroke only which part it draws. */

import type { Entry } from '../../cases/chain'
import { type EntryKind, isEntryKind, type Payload, readPayload } from '../../cases/entries'
import type { Messages } from '../ui/i18n/messages'

type Words = { readonly [K in EntryKind]?: (payload: Payload<K>, m: Messages) => string }

const short = (digest: string | null): string => (digest ? `${digest.slice(0, 12)}…` : '')
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

const WORDS: Words = {
  created: ({ fields }) => joined(fields.number ?? '', fields.title ?? '', fields.operator ?? ''),
  edited: ({ field, value }, m) => `${m.cases.fields[field]}: ${value}`,
  retention: ({ until }) => until ?? '–',
  witness: ({ name, note }) => joined(name, note),
  step: ({ step, words, checks }, m) =>
    joined(m.cases.interview.steps[step].title, ...checks.map((check) => checkWords(check, m)), words === '' ? '' : `“${words}”`),
  stepSkipped: ({ step, reason }, m) => joined(m.cases.interview.steps[step].title, reason),
  change: ({ insert, deleted, found }, m) => joined(partWords(insert, m), deleted > 0 ? `−${deleted}` : '', found ? '⟲' : ''),
  setting: ({ name, value }) => `${name}: ${JSON.stringify(value)}`,
  model: ({ id, weights, backend }) => joined(id, backend, weights.map(short).join(' ')),
  shown: ({ what, digest }, m) => joined(m.cases.bar.shown[what], short(digest)),
  version: ({ name, strokes, drawing, face }, m) => joined(name, m.cases.versions.strokes(strokes), short(drawing), short(face)),
  versionRenamed: ({ name }) => name,
  note: ({ words }) => words,
  likeness: ({ rating, words }, m) => m.cases.versions.rated(rating, words),
  confirmation: ({ represents, initials, date, statement }, m) =>
    m.cases.versions.confirmed(m.cases.versions.representsChoices[represents], initials, date, statement),
  morph: ({ picture }) => short(picture),
  reproduced: ({ result, backend, most }) => joined(result, backend, `${most}/255`),
  verified: ({ entries, intact, digest }) => joined(intact ? '✓' : '✗', String(entries), short(digest)),
  exported: ({ what, entries }) => joined(what, String(entries)),
  lock: ({ isOn }) => (isOn ? '✓' : '–'),
}

export function entryWords({ kind, text }: Entry, m: Messages): string {
  if (!isEntryKind(kind)) return kind
  const payload = readPayload(kind, text)
  const words = WORDS[kind] as ((payload: unknown, m: Messages) => string) | undefined
  return payload === null || !words ? '' : words(payload, m)
}

function checkWords(check: string, m: Messages): string {
  const known = m.cases.interview.checks as Readonly<Record<string, string>>
  return known[check] ?? check
}

function partWords(insert: Payload<'change'>['insert'], m: Messages): string {
  const drawn = insert.flatMap((each) => (typeof each === 'string' ? [] : [m.parts[each.part]]))
  return drawn.length > 3 ? `${drawn.length} ×` : drawn.join(', ')
}
