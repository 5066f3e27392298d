import { describe, expect, it } from 'vitest'
import { meanFaceContours } from './meanFace'
import { assignPart, assignParts } from './partAssignment'
import { drawn, drawnContour, ellipse, withPressure } from './testStrokes'

const line = (...xy: number[]): number[] => withPressure(xy)

describe('a new stroke belongs to', () => {
  it.each(meanFaceContours().map((contour) => [contour.id, contour.part] as const))('%s → %s when it follows the mean face', (id, part) => {
    for (const [dx, dy] of [
      [0, 0],
      [5, -5],
      [-6, 6],
    ]) {
      expect(assignPart(drawnContour(id, dx, dy).points)).toBe(part)
    }
  })

  it.each([
    ['the eye: a pupil dot', [194, 246, 0.5], 'leftEye'],
    ['the eye: an iris', ellipse(318, 246, 9, 9), 'rightEye'],
    ['the eye: a large round eye', ellipse(194, 246, 32, 24), 'leftEye'],
    ['the brow: a thick straight bar', line(145, 212, 190, 208, 232, 212), 'leftBrow'],
    ['the nose: an L', line(250, 260, 240, 330, 258, 340), 'nose'],
    ['the nose: nostrils', ellipse(240, 336, 8, 4), 'nose'],
    ['the mouth: a wide smile', line(190, 372, 220, 392, 256, 400, 292, 392, 322, 372), 'mouth'],
    ['the mouth: teeth', line(256, 378, 256, 388), 'mouth'],
    ['the jaw: a wide U', line(90, 250, 105, 350, 150, 430, 256, 485, 362, 430, 407, 350, 422, 250), 'jaw'],
    ['the jaw: a narrow V', line(118, 260, 150, 370, 200, 430, 256, 465), 'jaw'],
    ['the jaw: a head in one line', ellipse(256, 270, 158, 205, -Math.PI / 2, 1.5 * Math.PI), 'jaw'],
    ['the jaw: a head drawn too high and too small', ellipse(230, 240, 110, 130), 'jaw'],
    [
      'hair: a closed outline open to the face',
      line(100, 430, 70, 250, 130, 90, 256, 50, 380, 90, 440, 250, 410, 430, 390, 300, 360, 180, 256, 150, 150, 180, 120, 300, 100, 430),
      'hair',
    ],
    ['hair: an arc over the head', ellipse(256, 240, 170, 190, Math.PI, 2 * Math.PI), 'hair'],
    ['hair: a fringe', line(150, 150, 200, 180, 256, 170, 310, 182, 360, 150), 'hair'],
    ['hair: long, down one side', line(120, 120, 80, 200, 70, 300, 75, 400, 60, 480), 'hair'],
    ['hair: a strand at the temple', line(110, 190, 96, 240), 'hair'],
    ['ears: on the left', ellipse(88, 280, 16, 34, 0.3 * Math.PI, 1.7 * Math.PI), 'ears'],
    ['ears: on the right', ellipse(425, 285, 18, 36), 'ears'],
    ['other: a cheek', ellipse(150, 330, 10, 6), 'other'],
    ['other: the neck', line(200, 500, 195, 511), 'other'],
    ['other: a mole between the brows', [256, 205, 0.5], 'other'],
  ] as const)('%s', (_, points, part) => {
    expect(assignPart(points)).toBe(part)
  })

  it('the eye that it lies in, wherever that eye was drawn', () => {
    const movedEye = drawn('leftEye', ellipse(150, 310, 28, 12))
    expect(assignPart(ellipse(150, 310, 7, 7))).toBe('other')
    expect(assignPart(ellipse(150, 310, 7, 7), [movedEye])).toBe('leftEye')
  })

  it('the smallest part round it', () => {
    const mouth = drawn('mouth', ellipse(256, 385, 70, 40))
    const noseInMouth = drawn('nose', ellipse(256, 360, 20, 12))
    expect(assignPart(ellipse(256, 360, 5, 5), [mouth, noseInMouth])).toBe('nose')
  })

  it('no part that was drawn all over the page', () => {
    const scribble = drawn('mouth', ellipse(256, 256, 220, 220))
    expect(assignPart(ellipse(194, 246, 7, 7), [scribble])).toBe('leftEye')
  })
})

describe('a picture of thousands of lines', () => {
  it('keeps the parts of its long lines, and short ones go by their place among them', () => {
    const face = meanFaceContours().map(({ id, part }) => ({ points: drawnContour(id).points, part }))
    const hatching = Array.from({ length: 4000 }, (_, i) => {
      const [x, y] = [216 + ((i * 7) % 80), 372 + ((i * 5) % 20)]
      return { points: line(x, y, x + 5, y + 2), part: 'mouth' }
    })
    const all = [...hatching.slice(0, 2000), ...face, ...hatching.slice(2000)]
    const parts = assignParts(all.map(({ points }) => ({ points })))
    const right = (lines: readonly { readonly part: string }[]): number =>
      lines.filter((one) => parts[all.indexOf(one as (typeof all)[number])] === one.part).length
    expect(right(face)).toBe(face.length)
    expect(right(hatching)).toBe(hatching.length)
  })

  it('leaves a part that was chosen', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => ({
      points: line(200, 240, 204 + (i % 3), 244),
      part: 'hair' as const,
      isKnown: true,
    }))
    expect(new Set(assignParts(lines))).toEqual(new Set(['hair']))
  })
})
