/**
 * The importers on 2,000 inputs that a seed makes (`FUZZ_INPUTS=20000 FUZZ_SEED=7 npx vitest run src/cli/fuzz.test.ts` for more): each is imported or refused with a
 * sentence, within two seconds of one core (the process's own work, not the clock) and 300 MB, and changes nothing else.
 */

import { describe, expect, it } from 'vitest'
import { fuzzInput } from '../../tests/hostile/fuzz'
import { StudioError } from '../shared/errors'
import { importFile } from '../storage/exchange/importFile'
import { LIMITS } from '../storage/exchange/types'
import { decodePicture } from './decodePicture'

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 2000)
const FIRST = Number(process.env.FUZZ_SEED ?? 1) * 1_000_000
const MOST_CPU_MS = 2000
const MOST_BYTES = 300e6
/** What is over a bound is measured again: the collector's work for earlier inputs falls on whichever is at hand. */
const MEASUREMENTS = 3

const decodeImage = async (file: Blob) => decodePicture(new Uint8Array(await file.arrayBuffer()))

interface Cost {
  readonly cpuMs: number
  readonly bytes: number
}

const isDear = ({ cpuMs, bytes }: Cost): boolean => cpuMs > MOST_CPU_MS || bytes > MOST_BYTES

async function measured(seed: number, bytes: Uint8Array<ArrayBuffer>): Promise<Cost & { readonly result: unknown }> {
  const before = process.memoryUsage()
  const started = process.cpuUsage()
  const result: unknown = await importFile(new File([bytes], `fuzz-${seed}`), { decodeImage }).catch((error: unknown) => error)
  const { user, system } = process.cpuUsage(started)
  return { result, cpuMs: (user + system) / 1000, bytes: Math.max(0, process.memoryUsage().rss - before.rss) }
}

describe('the importers', () => {
  it(`take ${INPUTS} inputs within bounds of work and memory, or say why not`, async () => {
    let imported = 0
    for (let seed = FIRST; seed < FIRST + INPUTS; seed++) {
      const { bytes, kind } = fuzzInput(seed)
      const first = await measured(seed, bytes)
      let least: Cost = first
      for (let n = 1; n < MEASUREMENTS && isDear(least); n++) {
        const again = await measured(seed, bytes)
        least = { cpuMs: Math.min(least.cpuMs, again.cpuMs), bytes: Math.min(least.bytes, again.bytes) }
      }
      expect(least.cpuMs, `seed ${seed}, ${kind}: milliseconds of one core`).toBeLessThan(MOST_CPU_MS)
      expect(least.bytes, `seed ${seed}, ${kind}: bytes`).toBeLessThan(MOST_BYTES)
      const { result } = first
      if (result instanceof Error) expect(result, `seed ${seed}, ${kind}`).toBeInstanceOf(StudioError)
      if (result instanceof StudioError) expect(result.code, `seed ${seed}, ${kind}: ${result.cause}`).not.toBe('internal')
      else if (isDrawing(result)) {
        imported++
        expectSound(result.document, seed)
      }
    }
    expect(imported).toBeGreaterThan(INPUTS / 10)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  }, 1_800_000)
})

interface Drawing {
  readonly document: { readonly strokes: readonly { readonly points: readonly number[]; readonly widthPx: number }[] }
}

const isDrawing = (result: unknown): result is Drawing => typeof result === 'object' && result !== null && 'document' in result

/** What came in is what the editor can trust. */
function expectSound({ strokes }: Drawing['document'], seed: number): void {
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length / 3, 0)
  expect(strokes.length, `seed ${seed}`).toBeLessThanOrEqual(LIMITS.strokes)
  expect(points, `seed ${seed}`).toBeLessThanOrEqual(LIMITS.points)
  const isSound = strokes.every(
    (stroke) => stroke.points.length >= 3 && stroke.widthPx > 0 && stroke.points.every((value) => Number.isFinite(value)),
  )
  expect(isSound, `seed ${seed}`).toBe(true)
}
