/**
 * The importers on 2,000 inputs that a seed makes (`FUZZ_STRICT=1 FUZZ_INPUTS=20000 FUZZ_SEED=7 npx vitest run src/cli/fuzz.test.ts` for more): each is imported or refused
 * with a sentence, within two seconds of one core and 300 MB, and changes nothing else.
 */

import { describe, expect, it } from 'vitest'
import { fuzzInput } from '../../tests/hostile/fuzz'
import { StudioError } from '../shared/errors'
import { importFile } from '../storage/exchange/importFile'
import { LIMITS } from '../storage/exchange/types'
import { decodePicture } from './decodePicture'

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 2000)
const FIRST = Number(process.env.FUZZ_SEED ?? 1) * 1_000_000
/** As the command measures on a quiet machine; beside other tests only what runs away fails. */
const IS_STRICT = process.env.FUZZ_STRICT === '1'
const MOST_CPU_MS = IS_STRICT ? 2000 : 20_000
const MOST_BYTES = IS_STRICT ? 300e6 : 1500e6

const decodeImage = async (file: Blob) => decodePicture(new Uint8Array(await file.arrayBuffer()))

interface Cost {
  readonly seed: number
  readonly cpuMs: number
  readonly bytes: number
}

describe('the importers', () => {
  it(`take ${INPUTS} inputs within bounds of work and memory, or say why not`, async () => {
    const costs: Cost[] = []
    let imported = 0
    for (let seed = FIRST; seed < FIRST + INPUTS; seed++) {
      const { bytes, kind } = fuzzInput(seed)
      const before = process.memoryUsage()
      const started = process.cpuUsage()
      const result: unknown = await importFile(new File([bytes], `fuzz-${seed}`), { decodeImage }).catch((error: unknown) => error)
      const { user, system } = process.cpuUsage(started)
      const after = process.memoryUsage()
      costs.push({ seed, cpuMs: (user + system) / 1000, bytes: Math.max(0, after.rss - before.rss) })
      if (result instanceof Error) expect(result, `seed ${seed}, ${kind}`).toBeInstanceOf(StudioError)
      if (result instanceof StudioError) expect(result.code, `seed ${seed}, ${kind}: ${result.cause}`).not.toBe('internal')
      else if (isDrawing(result)) {
        imported++
        expectSound(result.document, seed)
      }
    }
    const slowest = costs.reduce((one, other) => (other.cpuMs > one.cpuMs ? other : one))
    const largest = costs.reduce((one, other) => (other.bytes > one.bytes ? other : one))
    expect(slowest.cpuMs, `seed ${slowest.seed}`).toBeLessThan(MOST_CPU_MS)
    expect(largest.bytes, `seed ${largest.seed}`).toBeLessThan(MOST_BYTES)
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
