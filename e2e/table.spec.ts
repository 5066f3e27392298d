/** What an artist takes out of the studio and brings to another page: layers, pictures and strokes on the clipboard. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import Psd, { type Layer } from '@webtoon/psd'
import { button, draw, expectSaved, face, facePixels, inkAmount, meanDifference, openStudio, STROKES, sketch } from './support/studio'

const FILE = 'application/octet-stream'

test('the layers of a Photoshop file are paper, face and drawing, for a reader that is not ours', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.hair)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  const waiting = page.waitForEvent('download')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Layers for Photoshop (PSD)' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toMatch(/\.psd$/)
  const bytes = await readFile(await download.path())
  const psd = Psd.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  expect([psd.width, psd.height]).toEqual([1024, 1024])
  const layers = psd.layers as Layer[]
  const sizePx = Number(await face(page).evaluate((canvas) => (canvas as HTMLCanvasElement).width))
  // From the top down.
  expect(layers.map(({ name }) => name)).toEqual(['Sketch', `Face (${sizePx} px)`, 'Paper'])
  const [ink, portrait] = layers as [Layer, Layer]
  // The face is the one on the screen, enlarged: every fourth pixel of it, read between.
  const large = await portrait.composite(false)
  const shown = await facePixels(page)
  const step = 1024 / sizePx
  const middle = Uint8Array.from(shown, (_, i) => {
    const [at, channel] = [Math.floor(i / 4), i % 4]
    const [x, y] = [(at % sizePx) * step + step / 2, Math.floor(at / sizePx) * step + step / 2]
    return large[4 * (y * 1024 + x) + channel] ?? 0
  })
  expect(meanDifference(middle, shown)).toBeLessThan(4)
  // The drawing is black on nothing, where the smile was drawn and not elsewhere.
  const drawn = await ink.composite(false)
  const alphaAt = (x: number, y: number) => {
    const [left, top] = [Math.round(2 * x) - ink.left, Math.round(2 * y) - ink.top]
    return left < 0 || top < 0 || left >= ink.width || top >= ink.height ? 0 : (drawn[4 * (top * ink.width + left) + 3] ?? 0)
  }
  const alongSmile = [-3, -2, -1, 0, 1, 2, 3].map((dy) => alphaAt(256, 416 + dy))
  expect(Math.max(...alongSmile)).toBeGreaterThan(200)
  expect(alphaAt(256, 330)).toBe(0)
  // What made it stands in its metadata.
  const text = bytes.toString('latin1')
  expect(text).toContain('is no evidence of anybody')
  expect(text).toMatch(/<studio:Weights>sha256 [0-9a-f]{64}/)
  test.info().attach('drawing.psd', { body: bytes, contentType: FILE })
})

test('strokes are cut, and pasted into another sketch as they were', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStudio(page)
  await draw(page, STROKES.hair)
  await draw(page, STROKES.smile)
  const both = await inkAmount(page)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+x')
  await expect.poll(() => inkAmount(page)).toBe(0)
  await expect(page.getByText('2 strokes are on the clipboard. Paste into any sketch.')).toBeVisible()
  // Other programs get a drawing.
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/<svg[\s\S]*<path/)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  // The new page has no past.
  await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeDisabled()
  await page.keyboard.press('Control+v')
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(both * 0.98)
  await page.keyboard.press('Control+z')
  await expect.poll(() => inkAmount(page)).toBe(0)
  await page.keyboard.press('Control+Shift+Z')
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(both * 0.98)
  await expectSaved(page)
  // In a field the keys are the field's.
  const name = page.getByRole('textbox', { name: 'Name of this drawing' })
  await name.fill('Only words')
  await name.press('Control+a')
  await name.press('Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Only words')
})

test('the face is copied as a picture', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openStudio(page)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Copy the face' }).click()
  await expect(page.getByText('The picture is on the clipboard.')).toBeVisible()
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const picture = await createImageBitmap((await item?.getType('image/png')) as Blob)
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
    context.drawImage(picture, 0, 0)
    return [...context.getImageData(0, 0, picture.width, picture.height).data]
  })
  expect(meanDifference(Uint8Array.from(copied), await facePixels(page))).toBeLessThan(0.01)
})

test('a reference picture lies under the page, stays with its sketch, and is a layer of its own', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  const before = await facePixels(page)
  const bare = await pageColour(page)
  const choosing = page.waitForEvent('filechooser')
  await button(page, 'Reference picture to draw after…').click()
  await (await choosing).setFiles('public/example/person.jpg')
  await expect.poll(() => pageColour(page)).not.toEqual(bare)
  const under = await pageColour(page)
  await button(page, 'Reference picture').click()
  const panel = page.getByRole('dialog', { name: 'Reference picture' })
  const place = panel.getByRole('button', { name: /^Where the picture lies/ })
  await place.focus()
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => pageColour(page)).not.toEqual(under)
  const moved = await pageColour(page)
  await panel.getByRole('slider', { name: 'Strength' }).press('End')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect.poll(() => pageColour(page)).not.toEqual(moved)
  const strong = await pageColour(page)
  // The model sees ink alone.
  expect(await facePixels(page)).toEqual(before)
  await page.waitForTimeout(400)
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => pageColour(page)).toEqual(strong)

  const waiting = page.waitForEvent('download')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Layers for Photoshop (PSD)' }).click()
  const bytes = await readFile(await (await waiting).path())
  const psd = Psd.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  expect((psd.layers as Layer[]).map(({ name }) => name.replace(/ \(.*/, ''))).toEqual(['Sketch', 'Face', 'Reference', 'Paper'])

  // Another sketch has none, and the first one has its own again.
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await expect.poll(() => pageColour(page)).toEqual(bare)
  await button(page, 'Sketches').click()
  await page
    .getByRole('dialog', { name: 'Sketches' })
    .getByRole('button', { name: /^Go to/ })
    .first()
    .click()
  await expect.poll(() => pageColour(page)).toEqual(strong)
  await button(page, 'Reference picture').click()
  await panel.getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => pageColour(page)).toEqual(bare)
})

test('a reference picture chosen before anything is drawn is there after a reload, and goes with its sketch', async ({ page }) => {
  await openStudio(page)
  const bare = await pageColour(page)
  const choosing = page.waitForEvent('filechooser')
  await button(page, 'Reference picture to draw after…').click()
  await (await choosing).setFiles('public/example/person.jpg')
  await expect.poll(() => pageColour(page)).not.toEqual(bare)
  const under = await pageColour(page)
  await expectSaved(page)
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => pageColour(page)).toEqual(under)
  await button(page, 'Sketches').click()
  await expect(page.getByRole('dialog', { name: 'Sketches' }).getByRole('button', { name: /^Go to/ })).toHaveCount(1)
})

/** Mean colour of what lies under the ink. */
const pageColour = (page: Page): Promise<number[]> =>
  sketch(page).evaluate(async (surface) => {
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
    const canvas = surface.querySelectorAll('canvas')[0]
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    const sums = [0, 0, 0]
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) sums[i % 4] = (sums[i % 4] ?? 0) + (data[i] ?? 0)
    return sums.map((sum) => Math.round((4 * sum) / data.length))
  })
