/** Scans and phone pictures, read by the studio's import and by the command line: the right parts in the right places, or a sentence. */

import { describe, expect, it } from 'vitest'
import { faults } from '../../tests/scans/judge'
import { makeScans } from '../../tests/scans/scans'
import { LEAST_CONFIDENCE } from '../faces/registration'
import { importFile } from '../storage/exchange/importFile'
import { decodePicture } from './decodePicture'
import { placedSketch } from './placedSketch'

const decodeImage = async (file: Blob) => decodePicture(new Uint8Array(await file.arrayBuffer()))
const MODEL_PX = 256

describe('ten scans and phone pictures', () => {
  it('come into the studio with the right parts in the right places in at least eight, and a sentence in the others', async () => {
    const right: string[] = []
    for (const scan of makeScans()) {
      const result = await importFile(new File([scan.bytes], 'scan.jpg'), { decodeImage })
      if (result.kind !== 'document') throw new Error('A picture is a drawing.')
      const strokes = result.picture?.placed?.strokes ?? result.document.strokes
      if (faults(scan, strokes).length === 0) right.push(scan.name)
      else expect(result.picture?.likeness, scan.name).toBeLessThan(LEAST_CONFIDENCE)
    }
    expect(right.length, right.join(', ')).toBeGreaterThanOrEqual(8)
  }, 600_000)

  it('are the same drawing on the command line', () => {
    let right = 0
    for (const scan of makeScans()) {
      const { sketch, warning } = placedSketch(scan.bytes, MODEL_PX, true)
      const misplaced = inkAwayFrom(sketch, scan.contours)
      if (misplaced < 0.1) right++
      else expect(warning, scan.name).not.toBeNull()
    }
    expect(right).toBeGreaterThanOrEqual(8)
  }, 600_000)
})

/** Share of the drawn contours that have no ink within some pixels. */
function inkAwayFrom(sketch: Uint8ClampedArray, contours: readonly { readonly points: readonly number[] }[]): number {
  const reach = 8
  let [all, away] = [0, 0]
  for (const { points } of contours) {
    for (let i = 0; i + 1 < points.length; i += 4) {
      const [x, y] = [Math.round((points[i] ?? 0) / 2), Math.round((points[i + 1] ?? 0) / 2)]
      all++
      let found = false
      for (let dy = -reach; dy <= reach && !found; dy++)
        for (let dx = -reach; dx <= reach; dx++) found ||= (sketch[(y + dy) * MODEL_PX + x + dx] ?? 255) < 160
      if (!found) away++
    }
  }
  return away / all
}
