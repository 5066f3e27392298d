import { describe, expect, it } from 'vitest'
import { polylineLength } from '../shared/polyline'
import { meanFaceContours } from './meanFace'
import type { PartLine } from './parts'
import { standIns } from './standIns'
import { drawn, drawnContour, ellipse, meanContour, withPressure } from './testStrokes'

const ids = (lines: readonly PartLine[]): string[] => standIns(lines).map((contour) => contour.id)
const ofPart = (lines: readonly PartLine[], part: string): string[] =>
  standIns(lines)
    .filter((contour) => contour.part === part)
    .map((contour) => contour.id)

describe('stand-ins for a drawing', () => {
  it('are the whole mean face on an empty page', () => {
    expect(ids([])).toEqual(meanFaceContours().map((contour) => contour.id))
  })

  it('are nothing once the mean face has been put on the page', () => {
    expect(ids(meanFaceContours().map((contour) => drawnContour(contour.id)))).toEqual([])
  })

  it('do not care for hair, ears and other strokes', () => {
    const lines = [drawn('hair', ellipse(256, 200, 160, 160)), drawn('ears', ellipse(95, 280, 15, 30)), drawn('other', [256, 150, 0.5])]
    expect(ids(lines)).toEqual(ids([]))
  })

  it('still have the lower lid when the upper lid is drawn, on its place or a little off', () => {
    for (const [dx, dy] of [
      [0, 0],
      [3, -8],
      [-6, -14],
    ]) {
      expect(ofPart([drawnContour('leftUpperLid', dx, dy)], 'leftEye')).toEqual(['leftLowerLid'])
    }
  })

  it('keep both lids when only a pupil is drawn', () => {
    expect(ofPart([drawn('leftEye', ellipse(194, 246, 6, 6))], 'leftEye')).toEqual(['leftUpperLid', 'leftLowerLid'])
  })

  it('leave an eye alone that is drawn as one loop, large, small or moved', () => {
    expect(ofPart([drawn('leftEye', ellipse(194, 246, 27, 10))], 'leftEye')).toEqual([])
    expect(ofPart([drawn('leftEye', ellipse(194, 246, 40, 22))], 'leftEye')).toEqual([])
    expect(ofPart([drawn('leftEye', ellipse(190, 262, 27, 10))], 'leftEye')).toEqual([])
  })

  it('go where the part was drawn, as large as it was drawn', () => {
    const [lower] = standIns([drawnContour('leftUpperLid', 0, -60)]).filter((contour) => contour.part === 'leftEye')
    const mean = meanContour('leftLowerLid').points
    expect(lower?.id).toBe('leftLowerLid')
    expect(lower?.points).toEqual(mean.map((value, i) => expect.closeTo(i % 2 === 0 ? value : value - 60, 0)))

    const { points } = meanContour('leftUpperLid')
    const large = drawn(
      'leftEye',
      withPressure(points.map((value, i) => 1.5 * (value - (i % 2 === 0 ? 194 : 246)) + (i % 2 === 0 ? 194 : 246))),
    )
    const [larger] = standIns([large]).filter((contour) => contour.part === 'leftEye')
    expect((larger?.lengthPx ?? 0) / meanContour('leftLowerLid').lengthPx).toBeCloseTo(1.5, 1)
  })

  it('stay where they are beside a line that is all but in its place', () => {
    const [lower] = standIns([drawnContour('leftUpperLid', 2, -2)]).filter((contour) => contour.part === 'leftEye')
    expect(lower).toBe(meanContour('leftLowerLid'))
  })

  it('do not double a scribble of a part far from it', () => {
    expect(ofPart([drawn('leftEye', ellipse(100, 420, 30, 60))], 'leftEye')).toEqual([])
  })

  it('keep the lips round a mouth that is one line', () => {
    const smile = [drawn('mouth', [205, 378, 0.5, 230, 384, 0.5, 256, 386, 0.5, 282, 384, 0.5, 307, 378, 0.5])]
    const lines = ofPart(smile, 'mouth')
    expect(lines).toContain('upperLipOuter')
    expect(lines).toContain('lowerLipOuter')
    expect(lines).not.toContain('lowerLipInner')
  })

  it('keep the nose bridge when the base is drawn', () => {
    expect(ofPart([drawnContour('noseBase', 2, 4)], 'nose')).toEqual(['noseBridge'])
  })

  it('do not take retraced ink for a finished part', () => {
    const lid = drawnContour('leftUpperLid')
    expect(ofPart([lid, { ...lid }, { ...lid }, { ...lid }], 'leftEye')).toEqual(['leftLowerLid'])
  })

  it('let the jaw give way only where it is drawn', () => {
    const points = drawnContour('jaw', -8, 0).points
    const third = { part: 'jaw' as const, points: points.slice(0, Math.floor(points.length / 9) * 3) }
    const rest = standIns([third]).filter((contour) => contour.part === 'jaw')
    expect(rest).toHaveLength(1)
    const whole = meanContour('jaw').points
    const share = polylineLength(rest[0]?.points ?? [], 2) / polylineLength(whole, 2)
    expect(share).toBeGreaterThan(0.58)
    expect(share).toBeLessThan(0.7)
    expect(rest[0]?.points.slice(-2)).toEqual(whole.slice(-2))
  })

  it('leave a jaw alone that is mostly drawn', () => {
    const points = drawnContour('jaw', 0, 10).points
    expect(ofPart([drawn('jaw', points.slice(0, Math.floor(points.length * 0.25) * 3))], 'jaw')).toEqual([])
  })
})
