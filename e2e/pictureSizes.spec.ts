/** Pictures in 1×, 2× and 4×: the drawing inked anew, the face enlarged and saying so. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { PNG } from 'pngjs'
import { button, draw, facePixels, meanDifference, openStudio, STROKES } from './support/studio'

async function exported(page: Page, what: string, size: string) {
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Pictures in 1×, 2×, 4×…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Pictures in other sizes' })
  await dialog.getByText(what, { exact: true }).click()
  await dialog.getByText(size, { exact: true }).click()
  const words = await dialog.innerText()
  const waiting = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const bytes = await readFile(await (await waiting).path())
  await page.keyboard.press('Escape')
  return { png: PNG.sync.read(bytes), text: bytes.toString('utf8'), words }
}

/** Every pixel of the large picture that lies in the middle of one of the small one. */
function thinned({ data, width }: PNG, sidePx: number, times: number, left = 0): Uint8Array {
  return Uint8Array.from({ length: 4 * sidePx * sidePx }, (_, i) => {
    const [at, channel] = [Math.floor(i / 4), i % 4]
    const mean = [0, 1].flatMap((dy) =>
      [0, 1].map((dx) => {
        const [x, y] = [left + (at % sidePx) * times + times / 2 - dx, Math.floor(at / sidePx) * times + times / 2 - dy]
        return data[4 * (y * width + x) + channel] ?? 0
      }),
    )
    return mean.reduce((sum, value) => sum + value, 0) / 4
  })
}

test('the face is enlarged and its file says from what; in its own size it is the one on the screen', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  const shown = await facePixels(page)
  const sidePx = Math.sqrt(shown.length / 4)
  const own = await exported(page, 'Face', '1×')
  expect(meanDifference(own.png.data, shown)).toBe(0)
  expect(own.text).not.toContain('enlarged')
  const large = await exported(page, 'Face', '4×')
  expect([large.png.width, large.png.height]).toEqual([4 * sidePx, 4 * sidePx])
  expect(meanDifference(thinned(large.png, sidePx, 4), shown)).toBeLessThan(3)
  expect(large.words).toContain('enlarged, not sharper')
  expect(large.text).toContain(`made with ${sidePx} pixels a side and enlarged`)
  expect(large.text).toContain('is no evidence of anybody')
  expect(large.text).toMatch(/sha256 [0-9a-f]{64}/)
})

test('the drawing is inked anew: four times the pixels, and lines as sharp as before', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const both = await exported(page, 'Both, side by side', '4×')
  expect([both.png.width, both.png.height]).toEqual([4096, 2048])
  // Down through the middle of the mouth: white, a line of some eight pixels, white again, and no more than two pixels of grey at either edge.
  const column = Array.from({ length: 240 }, (_, i) => both.png.data[4 * ((4 * 390 + i) * 4096 + 4 * 256)] ?? 0)
  const grey = column.filter((value) => value > 20 && value < 235).length
  expect(Math.min(...column)).toBeLessThan(20)
  expect(column.filter((value) => value <= 20).length).toBeGreaterThan(4)
  expect(grey).toBeLessThanOrEqual(4)
})
