import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyToRgba, type RgbaImage } from '../../../src/shared/image'
import { encodePng } from '../../node/imageFiles'
import { dials } from './dials'
import type { Drawing, Subject } from './measure'
import { paintedSubject, person } from './testSubject'

let folder = ''
let maskPath = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dials-'))
  maskPath = path.join(folder, 'mask.png')
  writeFileSync(maskPath, encodePng(greyToRgba(new Uint8Array(256 * 256), 256))) // all background
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A source that knows one dial: its pictures have the background's colour, or part of the way to it. */
function backgroundSubject(share: number): Subject {
  const subject = paintedSubject([person(0, { maskPath }), person(0.01, { maskPath })])
  const draw = async ({ look }: Drawing): Promise<{ sketch: RgbaImage; generated: RgbaImage }> => {
    const colour = look?.background as readonly number[]
    const data = Uint8ClampedArray.from({ length: 256 * 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : 60 + share * ((colour[i % 4] ?? 0) - 60)))
    const generated = { width: 256, height: 256, data }
    return { sketch: generated, generated }
  }
  const landmark68 = subject.faces[0]?.landmark68 ?? []
  return {
    ...subject,
    draw,
    detect: async () => ({ landmark68, score: 1, faces: 1 }),
    source: { ...subject.source, lookFields: ['background'] },
  }
}

describe('dials', () => {
  const run = async (share: number) => {
    const { figures, sheet } = await dials.run(backgroundSubject(share))
    return { dials: (figures as { dials: { dial: string; change: number; landmarks: number; photoChange: number | null }[] }).dials, sheet }
  }

  it('tries the dials that the model has and reads how far each went', async () => {
    const { dials: tried, sheet } = await run(1)
    expect(tried.map(({ dial }) => dial)).toEqual(['background'])
    expect(tried[0]?.change).toBeCloseTo(1, 2)
    expect(tried[0]?.landmarks).toBe(0)
    expect(tried[0]?.photoChange).toBeNull() // the photos have no such label
    expect(sheet).toHaveLength(1)
    expect((await run(0.5)).dials[0]?.change).toBeCloseTo(0.5, 2)
  })

  it('says so when there is nothing to try', async () => {
    expect((await dials.run(paintedSubject([person(0, { maskPath })]))).remarks[0]).toContain('no look')
    const unmasked = paintedSubject([person(0)])
    expect((await dials.run({ ...unmasked, source: { ...unmasked.source, lookFields: ['age'] } })).remarks[0]).toContain('no masks')
  })
})
