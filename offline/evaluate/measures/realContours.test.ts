import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PNG } from 'pngjs'
import { expect, it } from 'vitest'
import type { Look } from '../../../src/faces/look'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { encodeJpeg } from '../../node/imageFiles'
import { realContours } from './realContours'
import { landmarksOf, paintedSubject } from './testSubject'

const SIZE = 16

/** A folder of one prepared portrait whose skin is one colour. */
function preparedFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'portraits-'))
  for (const part of ['photo', 'mask']) mkdirSync(path.join(folder, part))
  const landmarks68 = MEAN_LANDMARKS.map(([x, y]) => [x + 0.02, y])
  writeFileSync(path.join(folder, 'faces.jsonl'), `${JSON.stringify({ name: 'a', landmarks68, attributes: {} })}\n`)
  const data = new Uint8ClampedArray(SIZE * SIZE * 4).map((_, i) => [200, 150, 120, 255][i % 4] ?? 0)
  writeFileSync(path.join(folder, 'photo/a.jpg'), encodeJpeg({ width: SIZE, height: SIZE, data }, 95))
  const mask = new PNG({ width: SIZE, height: SIZE, colorType: 0, inputColorType: 0, inputHasAlpha: false })
  mask.data = Buffer.alloc(SIZE * SIZE, 5)
  writeFileSync(path.join(folder, 'mask/a.png'), PNG.sync.write(mask, { colorType: 0, inputColorType: 0, inputHasAlpha: false }))
  return folder
}

it('draws each portrait with a look read from it, and reads the same figures as for validation faces', async () => {
  const looks: Look[] = []
  const subject = paintedSubject([], {
    sees(lines, { look }) {
      looks.push(look ?? {})
      return { landmark68: landmarksOf(lines), score: 1, faces: 1 }
    },
  })
  const { figures, sheet } = await realContours.run({ ...subject, realFolder: preparedFolder() })
  expect(looks[0]?.skinColour).toEqual([expect.closeTo(200, -1), expect.closeTo(150, -1), expect.closeTo(120, -1)])
  expect(looks[0]?.hairStyle).toBeNull()
  expect((figures as { generated: { error: { average: number } } }).generated.error.average).toBeCloseTo(0, 6)
  expect(sheet).toHaveLength(1)
  expect(realContours.sheetIsPrivate).toBe(true)
})

it('says how the portraits are made when there are none', async () => {
  const { remarks } = await realContours.run(paintedSubject([]))
  expect(remarks[0]).toContain('npm run photos')
})
