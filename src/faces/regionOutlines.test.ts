import { describe, expect, it } from 'vitest'
import { REGION } from './masks/regionMask'
import { MEAN_LANDMARKS } from './meanFace'
import { regionOutlines } from './regionOutlines'

const SIZE = 256
/** A mask by a rule in 0–1. */
const mask = (region: (x: number, y: number) => number, sizePx = SIZE): Uint8Array =>
  Uint8Array.from({ length: sizePx * sizePx }, (_, i) => region(((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx))
const radii = (line: readonly number[], cx: number, cy: number): number[] =>
  Array.from({ length: line.length / 2 }, (_, i) => Math.hypot((line[2 * i] ?? 0) - cx, (line[2 * i + 1] ?? 0) - cy))
const disc = (x: number, y: number) => (Math.hypot(x - 0.5, y - 0.4) < 0.25 ? REGION.hair : REGION.unknown)

describe('the outline of the hair', () => {
  it('runs along the edge of a mass, closed, in sketch pixels, whatever the size of the mask', () => {
    for (const sizePx of [256, 512, 128]) {
      const { hair } = regionOutlines(mask(disc, sizePx), MEAN_LANDMARKS)
      expect(hair).toHaveLength(1)
      const [line = []] = hair
      for (const radius of radii(line, 256, 0.4 * 512)) expect(Math.abs(radius - 128)).toBeLessThan(3)
      expect(Math.hypot((line[0] ?? 0) - (line.at(-2) ?? 99), (line[1] ?? 0) - (line.at(-1) ?? 99))).toBeLessThan(12)
      expect(line.length / 2).toBeGreaterThan(30)
    }
  })

  it('ends at the frame, which is no outline', () => {
    const { hair } = regionOutlines(
      mask((_, y) => (y < 0.3 ? REGION.hair : REGION.skin)),
      MEAN_LANDMARKS,
    )
    expect(hair).toHaveLength(1)
    const [line = []] = hair
    for (let i = 1; i < line.length; i += 2) expect(Math.abs((line[i] ?? 0) - 0.3 * 512)).toBeLessThan(3)
    const xs = line.filter((_, i) => i % 2 === 0)
    expect([Math.min(...xs) > 4, Math.max(...xs) < 508, Math.max(...xs) - Math.min(...xs) > 480]).toEqual([true, true, true])
  })

  it('has an inner edge where a fringe leaves the face free, and none of a wisp', () => {
    const ring = mask((x, y) => {
      const radius = Math.hypot(x - 0.5, y - 0.5)
      return radius > 0.2 && radius < 0.35 ? REGION.hair : REGION.skin
    })
    expect(regionOutlines(ring, MEAN_LANDMARKS).hair).toHaveLength(2)
    const wisp = mask((x, y) => (Math.abs(x - 0.5) < 0.004 && y < 0.8 && y > 0.2 ? REGION.hair : REGION.skin))
    expect(regionOutlines(wisp, MEAN_LANDMARKS).hair).toEqual([])
    expect(
      regionOutlines(
        mask(() => REGION.skin),
        MEAN_LANDMARKS,
      ),
    ).toEqual({ hair: [], ears: [] })
  })
})

describe('ears', () => {
  it('are where skin is seen beside the face, on each side', () => {
    const at = (index: number) => MEAN_LANDMARKS[index] ?? [0, 0]
    const face = (x: number, y: number) => {
      const isFace = x > at(0)[0] && x < at(16)[0] && y > 0.2 && y < 0.9
      const isEar = (Math.abs(x - at(0)[0]) < 0.05 || Math.abs(x - at(16)[0]) < 0.05) && y > at(36)[1] && y < at(33)[1]
      return isFace || isEar ? REGION.skin : REGION.unknown
    }
    const { ears } = regionOutlines(mask(face), MEAN_LANDMARKS)
    const middles = ears.map((line) => line.filter((_, i) => i % 2 === 0).reduce((sum, x) => sum + x, 0) / (line.length / 2))
    expect(middles.filter((x) => x < 0.3 * 512)).toHaveLength(1)
    expect(middles.filter((x) => x > 0.7 * 512)).toHaveLength(1)
    expect(ears).toHaveLength(2)
  })
})
