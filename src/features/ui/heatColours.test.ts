import { describe, expect, it } from 'vitest'
import { heatImage } from './heatColours'

describe('heatImage', () => {
  it('leaves unchanged pixels clear', () => {
    expect([...heatImage([0, 2])].filter((_, i) => i % 4 === 3)).toEqual([0, 0])
  })
  it('gets lighter and denser with change', () => {
    const light = ([r = 0, g = 0, b = 0]: number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b
    const pixels = [10, 60, 120, 180, 255].map((value) => [...heatImage([value])])
    for (let i = 1; i < pixels.length; i++) {
      expect(light(pixels[i] ?? [])).toBeGreaterThan(light(pixels[i - 1] ?? []))
      expect(pixels[i]?.[3]).toBeGreaterThan(pixels[i - 1]?.[3] ?? 0)
    }
  })
})
