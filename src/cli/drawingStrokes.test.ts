import { expect, it } from 'vitest'
import { meanFaceLines } from '../editor/modelInk'
import { rasterize } from '../editor/rasterizer'
import { greyToRgba } from '../shared/image'
import { assignFaceParts } from '../storage/exchange/assign'
import { exportSvg } from '../storage/exchange/svg/exportSvg'
import { importSvg } from '../storage/exchange/svg/importSvg'
import { drawingStrokes } from './drawingStrokes'

const SIZE = 256
const pixelsOf = (grey: Uint8ClampedArray) => Uint8ClampedArray.from(greyToRgba(grey, SIZE).data)

it('a drawing becomes strokes in their place, which know their part and come back from the file', () => {
  const document = drawingStrokes(pixelsOf(rasterize(meanFaceLines(), SIZE)), SIZE)
  const parts = new Set(document.strokes.map(({ part }) => part))
  for (const part of ['jaw', 'leftBrow', 'rightBrow', 'nose', 'mouth']) expect(parts).toContain(part)
  const jaw = document.strokes.filter(({ part }) => part === 'jaw').flatMap(({ points }) => points)
  const lowest = (lines: readonly (readonly number[])[]) => Math.max(...lines.flatMap((line) => line.filter((_, i) => i % 3 === 1)))
  expect(Math.abs(lowest([jaw]) - lowest(meanFaceLines()))).toBeLessThan(4)
  expect(importSvg(exportSvg(document), assignFaceParts).strokes).toEqual(document.strokes)
})

it('a picture without lines is refused with a sentence', () => {
  expect(() => drawingStrokes(new Uint8ClampedArray(4 * SIZE * SIZE).fill(255), SIZE)).toThrow(/line/)
})
