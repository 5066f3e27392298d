import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseHandDrawings, readHandDrawings } from './handDrawings'
import { handDrawings } from './handDrawings/drawAll'

describe('the hand drawings', () => {
  it('are what their compositions draw, every time', () => {
    expect(readFileSync(new URL('./handDrawings.ndjson', import.meta.url), 'utf8')).toBe(handDrawings())
  })

  it('are at least twelve, in thin and thick pens, and stay small', () => {
    const drawings = readHandDrawings()
    expect(drawings.length).toBeGreaterThanOrEqual(12)
    expect(new Set(drawings.map(({ name }) => name)).size).toBe(drawings.length)
    const widths = drawings.map(({ strokes }) => strokes[0]?.widthPx ?? 0)
    expect([Math.min(...widths), Math.max(...widths)]).toEqual([1, 8])
    expect(handDrawings().length).toBeLessThan(200_000)
  })
})

describe('parseHandDrawings', () => {
  const drawing = (change: object) => {
    const landmarks: ([number, number] | null)[] = Array.from({ length: 68 }, () => null)
    landmarks[36] = [168, 246]
    landmarks[45] = [344, 246]
    return JSON.stringify({ name: 'one', widthPx: 2, usesPressure: true, strokes: [[1, 2, 0.5]], landmarks, ...change })
  }

  it('gives strokes in the form of the studio, without a part', () => {
    const [read] = parseHandDrawings(`${drawing({})}\n\n`)
    expect(read?.strokes).toEqual([{ id: 's0', partIsChosen: false, widthPx: 2, usesPressure: true, points: [1, 2, 0.5] }])
    expect(read?.landmarks[36]).toEqual([168, 246])
  })

  it('says which drawing cannot be read, and why', () => {
    expect(() => parseHandDrawings(`${drawing({})}\n${drawing({ strokes: [[1, 2]] })}`)).toThrow(/hand drawing 2: strokes.*x, y, pressure/)
    expect(() => parseHandDrawings(drawing({ landmarks: Array(68).fill(null) }))).toThrow('eye corners')
  })
})
