/**
 * A kept history and the drawing as it was recovered → the history that leads to that very drawing. The drawing is the truth: what does not lead to it, or
 * cannot be read, is left out without a word, as one may live without it.
 */

import type { SketchDocument } from '../../editor/document'
import type { EditKind, Timeline } from '../../editor/history'
import type { RowReader } from '../database'
import { fingerprintOf } from './fingerprint'
import { stepBack, stepBytes, stepForward } from './historyStep'
import { HISTORY_HEADS, HISTORY_STEPS, type HistoryStepRow } from './historyTables'

/** Strokes that a killed page had drawn, and kept, after it had last written its history. */
const LATEST_STROKES = 32

export interface StoredHistory {
  readonly steps: readonly HistoryStepRow[]
  readonly position: number | null
}

export interface KeptHistory {
  readonly timeline: Timeline
  /** Of `timeline`, what is in the database as it stands: its first documents, the place of the first, and the bytes of each step. */
  readonly written: { readonly documents: readonly SketchDocument[]; readonly first: number; readonly bytes: readonly number[] }
}

export async function loadHistory(rows: RowReader, sketchId: string): Promise<StoredHistory> {
  const head = await rows.get(HISTORY_HEADS, sketchId)
  if (!head) return { steps: [], position: null }
  return { steps: await rows.all(HISTORY_STEPS, { prefix: [sketchId] }), position: head.position }
}

export function readHistory(document: SketchDocument, { steps, position }: StoredHistory): KeptHistory | null {
  if (position === null || steps.length === 0) return null
  const byPlace = new Map(steps.map((step) => [step.n, step]))
  const at = placeOf(document, byPlace, position)
  if (!at) return null
  const back = walk(at.document, (i) => byPlace.get(at.place - 1 - i), stepBack)
  const forth = at.latest.length > 0 ? NOTHING : walk(at.document, (i) => byPlace.get(at.place + i), stepForward)
  const used = [...back.steps.toReversed(), ...forth.steps]
  const documents = [...back.documents.toReversed(), at.document, ...forth.documents]
  const kinds = used.map(({ kind }) => kind)
  const latest = at.latest.map((): EditKind => 'draw')
  if (kinds.length + latest.length === 0) return null
  return {
    timeline: { documents: [...documents, ...at.latest], kinds: [...kinds, ...latest], position: back.steps.length + at.latest.length },
    written: { documents, first: at.place - back.steps.length, bytes: used.map(stepBytes) },
  }
}

const NOTHING = { documents: [], steps: [] } as const

interface Place {
  readonly place: number
  /** The document there. */
  readonly document: SketchDocument
  /** Documents that came after it and were never written to the history, the recovered one last. */
  readonly latest: readonly SketchDocument[]
}

/** Where the drawing stands in its history: where the head says, or else at the nearest place that looks the same, or a few strokes further on. */
function placeOf(document: SketchDocument, steps: ReadonlyMap<number, HistoryStepRow>, position: number): Place | null {
  const fingerprint = (place: number): number | undefined => steps.get(place)?.before ?? steps.get(place - 1)?.after
  const own = fingerprintOf(document)
  const places = [...new Set([...steps.keys()].flatMap((n) => [n, n + 1]))]
  const [nearest] = places.filter((place) => fingerprint(place) === own).sort((a, b) => Math.abs(a - position) - Math.abs(b - position))
  if (nearest !== undefined) return { place: nearest, document, latest: [] }
  const head = fingerprint(position)
  for (let more = 1; more <= Math.min(LATEST_STROKES, document.strokes.length); more++) {
    const fewer = document.strokes.length - more
    if (fingerprintOf(document, fewer) !== head) continue
    const withFirst = (strokeCount: number): SketchDocument => ({ ...document, strokes: document.strokes.slice(0, strokeCount) })
    const between = Array.from({ length: more - 1 }, (_, i) => withFirst(fewer + 1 + i))
    return { place: position, document: withFirst(fewer), latest: [...between, document] }
  }
  return null
}

/** As far as the rows lead. */
function walk(
  from: SketchDocument,
  stepAt: (i: number) => HistoryStepRow | undefined,
  apply: (document: SketchDocument, step: HistoryStepRow) => SketchDocument | null,
): { documents: readonly SketchDocument[]; steps: readonly HistoryStepRow[] } {
  const documents: SketchDocument[] = []
  const steps: HistoryStepRow[] = []
  for (let document = from, i = 0; ; i++) {
    const step = stepAt(i)
    const next = step && apply(document, step)
    if (!next) return { documents, steps }
    documents.push(next)
    steps.push(step)
    document = next
  }
}
