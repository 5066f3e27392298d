/** For tests: a case as the studio would record it, with faces that a session made, in Node or in a page. */

import type { CaseArchive } from '../cases/caseArchive'
import { type Entry, nextEntry } from '../cases/chain'
import type { Payload } from '../cases/entries'
import { writeRequest } from '../cases/requestFile'
import { meanFaceLines } from '../editor/modelInk'
import { rasterize } from '../editor/rasterizer'
import { about, applyToFlat } from '../faces/similarity'
import { madeBy } from '../inference/madeBy'
import { type InferenceSession, PLAIN } from '../inference/session'
import { sha256Hex } from '../shared/sha256'
import type { GenerateRequest } from '../workers/protocol'

/** As many rounds as a test can wait for. */
export const TEST_ROUNDS = 1_000
export const TEST_PHRASE = 'seven quiet herons'
const AT = new Date('2026-11-28T03:00:00.000Z')

/** Faces unlike each other: the mean face larger and smaller, turned, with one look after another; every third keeps an edit of the first local as the studio does. */
export function drawnRequests({ settings }: InferenceSession, count = 3): readonly GenerateRequest[] {
  const { sizePx, look, tolerance } = settings
  const looks = look.presets.map((preset) => preset.look)
  const drawn = (nth: number): Uint8ClampedArray => {
    const by = about([256, 290], 1 - 0.03 * (nth % 5), 3 * (nth % 4), [0, 0])
    return rasterize(
      meanFaceLines().map((line) => applyToFlat(by, line, 3)),
      sizePx,
    )
  }
  const first = { sketch: drawn(0), look: looks[0] ?? {} }
  return Array.from({ length: count }, (_, nth) => ({
    revision: nth,
    sketch: drawn(nth),
    look: looks[nth % looks.length] ?? {},
    tolerance: tolerance?.defaults ?? null,
    locality: nth % 3 === 2 ? { ...PLAIN, hold: { id: 'base', ...first } } : PLAIN,
  }))
}

export interface MadeFace {
  readonly request: GenerateRequest
  readonly pixels: Uint8ClampedArray
  /** The same as a PNG. */
  readonly png: Uint8Array
}

export interface CaseOfFaces {
  readonly archive: CaseArchive
  /** Entries and files can be changed before they are written. */
  readonly versions: readonly Payload<'version'>[]
}

/** @param change of a version before it enters the log */
export function caseOfFaces(
  { model, backend, settings }: InferenceSession,
  faces: readonly MadeFace[],
  change: (version: Payload<'version'>, nth: number) => Partial<Payload<'version'>> = () => ({}),
): CaseOfFaces {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const kept = (bytes: Uint8Array): string => {
    const digest = sha256Hex(bytes)
    files.set(digest, new Uint8Array(bytes))
    return digest
  }
  const entries: Entry[] = []
  const add = (kind: string, payload: unknown): void => void entries.push(nextEntry(entries.at(-1) ?? null, AT, kind, payload))
  add('created', { case: 'case-1', fields: { number: '12/2026', operator: 'Mara' } })
  const { weights } = madeBy(model, null)
  const versions = faces.map(({ request, pixels, png }, nth): Payload<'version'> => {
    const version: Payload<'version'> = {
      version: `v${nth + 1}`,
      parent: null,
      session: null,
      witness: null,
      name: `Version ${nth + 1}`,
      drawing: kept(new TextEncoder().encode(`{"drawing":${nth}}`)),
      face: kept(png),
      request: kept(writeRequest(request, settings.sizePx)),
      pixels: sha256Hex(new Uint8Array(pixels)),
      model: { id: model.manifest.id, weights: [...weights], backend },
      strokes: 0,
    }
    return { ...version, ...change(version, nth) }
  })
  for (const version of versions) add('version', version)
  return { archive: { id: 'case-1', entries, files }, versions }
}
