/** An artist's hour: a reference photo, drawing over it, a part mirrored, the face taken into another sketch, undo after a reload, and the layers in another program. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import Psd, { type Layer } from '@webtoon/psd'
import { button, draw, expectSaved, face, facePixels, inkAmount, openStudio, STROKES, sketch } from './support/studio'

const PSD_SIDE = 1024

/** Mean colour of what lies under the ink, away from the lines. */
const pageColour = (page: Page): Promise<number[]> =>
  sketch(page).evaluate(async (surface) => {
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
    const canvas = surface.querySelectorAll('canvas')[0]
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    const sums = [0, 0, 0]
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) sums[i % 4] = (sums[i % 4] ?? 0) + (data[i] ?? 0)
    return sums.map((sum) => Math.round((4 * sum) / data.length))
  })

async function exportedPsd(page: Page): Promise<Psd> {
  const waiting = page.waitForEvent('download')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Layers for Photoshop (PSD)' }).click()
  const bytes = await readFile(await (await waiting).path())
  return Psd.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
}

/** Strength of a layer at a place of the sketch: the most within three pixels. */
async function alphaNear(layer: Layer, x: number, y: number): Promise<number> {
  const pixels = await layer.composite(false)
  let most = 0
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -3; dx <= 3; dx++) {
      const [left, top] = [Math.round((x * PSD_SIDE) / 512) + dx - layer.left, Math.round((y * PSD_SIDE) / 512) + dy - layer.top]
      if (left >= 0 && top >= 0 && left < layer.width && top < layer.height)
        most = Math.max(most, pixels[4 * (top * layer.width + left) + 3] ?? 0)
    }
  }
  return most
}

test('an hour at the table', async ({ page, context }) => {
  test.setTimeout(300_000)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStudio(page)
  const bare = await pageColour(page)

  // A photo under the page, and drawing over it.
  const choosing = page.waitForEvent('filechooser')
  await button(page, 'Reference picture to draw after…').click()
  await (await choosing).setFiles('public/example/person.jpg')
  await expect.poll(() => pageColour(page)).not.toEqual(bare)
  await draw(page, STROKES.hair)
  await draw(page, STROKES.smile)
  await draw(page, STROKES.leftBrow)
  const three = await inkAmount(page)

  // The brow once more, mirrored: the other brow.
  await page.keyboard.press('v')
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  await page.mouse.click(box.x + (168 / 512) * box.width, box.y + (203 / 512) * box.height)
  await expect(page.getByText('1 stroke selected')).toBeVisible()
  await button(page, 'Duplicate').click()
  await page.keyboard.press('Shift+D')
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(three * 1.05)
  const four = await inkAmount(page)

  // The whole drawing into a second sketch.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await expectSaved(page)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await expect.poll(() => inkAmount(page)).toBe(0)
  await page.keyboard.press('Control+v')
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(four * 0.98)
  // What was pasted is selected: the pen draws beside it.
  await page.keyboard.press('p')
  await draw(page, STROKES.mouth)
  await expectSaved(page)
  const five = await inkAmount(page)

  // Undo, a reload, and undo goes on.
  await page.keyboard.press('Control+z')
  await expect.poll(() => inkAmount(page)).toBeLessThan(five)
  const pasted = await inkAmount(page)
  await expectSaved(page)
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => inkAmount(page)).toBe(pasted)
  await page.keyboard.press('Control+z')
  await expect.poll(() => inkAmount(page)).toBe(0)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => inkAmount(page)).toBe(pasted)

  // Back to the first sketch, with its photo; and out as layers.
  await button(page, 'Sketches').click()
  await page
    .getByRole('dialog', { name: 'Sketches' })
    .getByRole('button', { name: /^Go to/ })
    .last()
    .click()
  await expect.poll(() => inkAmount(page)).toBe(four)
  await expect.poll(() => pageColour(page)).not.toEqual(bare)
  await expect.poll(async () => (await facePixels(page)).length).toBeGreaterThan(0)
  const psd = await exportedPsd(page)
  const layers = psd.layers as Layer[]
  expect(layers.map(({ name }) => name.replace(/ \(.*/, ''))).toEqual(['Sketch', 'Face', 'Reference', 'Paper'])
  const [ink, portrait, reference] = layers as [Layer, Layer, Layer]
  // Ink on the brow and, a little lower where the copy was put, on its mirror image; none on the cheek.
  expect(await alphaNear(ink, 168, 203)).toBeGreaterThan(200)
  expect(await alphaNear(ink, 512 - (168 + 12), 203 + 12)).toBeGreaterThan(200)
  expect(await alphaNear(ink, 180, 330)).toBe(0)
  // The face fills its layer, the photo lies under the page's middle.
  expect(await alphaNear(portrait, 256, 256)).toBe(255)
  expect(await alphaNear(reference, 256, 256)).toBe(255)
})
