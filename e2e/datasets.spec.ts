/** Data sets from folders and zips to a zip again: pairs by their names, what is left out said in words, the split, the points, and augmentation by the trainer's functions. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { unzipSync, zipSync } from 'fflate'
import { violations } from './support/axe'
import { choose, inkFolder, items, makeSet, openRoom, person, picture, room, roomButton, SLOW, wall } from './support/dataSets'
import { draw, dropFile, expectSaved, openStudio, STROKES } from './support/studio'

test('a folder becomes pairs that are split, corrected, exported, and come back as they were', async ({ page }, { outputDir }) => {
  await openRoom(page)
  await makeSet(page, 'Ink', 'Pairs')
  await choose(page, 'Folder…', await inkFolder(outputDir))
  await expect(items(page)).toHaveCount(2, SLOW)
  const said = room(page).getByText(/files left out/)
  await expect(said).toBeVisible(SLOW)
  const words = await room(page).getByRole('status').allTextContents()
  for (const part of [/wall: no face was found/, /broken: This file is no photo/, /alone: no partner/, /1 file is no JPEG/])
    expect(words.join(' ')).toMatch(part)
  await expect(items(page).locator('img')).toHaveCount(4)
  // Of two, one is held out without being asked.
  await expect(room(page).getByText('2 in all, 1 held out')).toBeVisible()

  // By hand, and by share.
  const held = room(page).getByRole('button', { name: /^Held out: / })
  const pressed = async () => Promise.all((await held.all()).map((each) => each.getAttribute('aria-pressed')))
  const before = await pressed()
  await held.nth(before.indexOf('false')).click()
  await expect.poll(pressed).toEqual(['true', 'true'])
  await roomButton(page, 'Choose at random').click()
  await expect.poll(async () => (await pressed()).filter((each) => each === 'true').length).toBe(1)

  // Both sides are cut by one square: the points of the photo.
  await room(page).getByRole('button', { name: 'Show ada' }).click()
  const dialog = page.getByRole('dialog', { name: 'ada' })
  const points = dialog.getByRole('application', { name: 'Points of the face' })
  await expect(points.locator('circle')).toHaveCount(68, SLOW)
  await expect(dialog.getByRole('img')).toHaveCount(2)
  const firstPoint = () => points.locator('circle').first().getAttribute('cx')
  const found = await firstPoint()
  await points.focus()
  await page.keyboard.press('n')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(firstPoint).not.toBe(found)
  const moved = await firstPoint()
  await dialog.getByRole('button', { name: 'Back to the set' }).click()

  const exporting = page.waitForEvent('download')
  await roomButton(page, 'Export as zip').click()
  const zip = await readFile(await (await exporting).path())
  const files = Object.keys(unzipSync(zip))
  expect(files.filter((name) => name.startsWith('A/'))).toHaveLength(2)
  expect(files.filter((name) => /^B\/\d{4}-(ada|both)\.webp$/.test(name))).toHaveLength(2)
  expect(files).toContain('dataset.json')

  await roomButton(page, 'Delete').click()
  await page.getByRole('dialog', { name: 'Delete “Ink”?' }).getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(room(page).getByText('No data set yet')).toBeVisible()
  await dropFile(page, { name: 'ink.zip', mime: 'application/zip', bytes: zip })
  await expect(room(page).getByText('“Ink” is here again, with 2 items.')).toBeVisible(SLOW)
  await expect(items(page).locator('img')).toHaveCount(4)
  await expect(room(page).getByText('2 in all, 1 held out')).toBeVisible()
  await page.reload()
  await room(page).getByRole('button', { name: 'Show ada' }).click(SLOW)
  await expect.poll(firstPoint, SLOW).toBe(moved)
})

test('a zip of two heaps, and what augmentation makes of them', async ({ page }) => {
  await openRoom(page)
  await makeSet(page, 'Toons', 'Unpaired')
  const zip = zipSync({ 'toons/A/1.jpg': person, 'toons/B/2.png': picture(), 'toons/B/flat.png': wall(), 'toons/A/wall.png': wall() })
  await choose(page, 'Pictures or zip…', [{ name: 'toons.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) }])
  await expect(room(page).getByText('1 photo (A), 2 pictures (B)')).toBeVisible(SLOW)
  await expect(room(page).getByText(/wall: no face was found/)).toBeVisible(SLOW)
  await expect(items(page).filter({ hasText: 'whole' })).toHaveCount(1)

  await room(page).getByText('Augmentation', { exact: true }).click()
  const draws = room(page).getByRole('list', { name: 'Random draws' })
  await expect(draws.getByRole('img')).toHaveCount(12)
  const pixels = async (): Promise<string> => {
    await expect(draws).toHaveAttribute('data-painted', /./)
    return draws
      .getByRole('img')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  }
  const first = await pixels()
  await roomButton(page, 'Draw again').click()
  await expect.poll(pixels).not.toBe(first)
  await roomButton(page, 'None of it').click()
  const plain = await expect.poll(pixels).not.toBe(first).then(pixels)
  await room(page).getByRole('slider', { name: 'Light' }).press('End')
  await expect.poll(pixels).not.toBe(plain)
  await room(page).getByRole('slider', { name: 'Light' }).press('Home')
  await expect.poll(pixels).toBe(plain)

  await room(page).getByText('Pictures', { exact: true }).click()
  await room(page).getByRole('checkbox', { name: 'Choose flat' }).check()
  await roomButton(page, 'Remove 1').click()
  await expect(items(page)).toHaveCount(2)
})

test('a dropped zip without a set makes one that fits; an import can be stopped; space is asked for first', async ({ page }) => {
  await openRoom(page)
  const many = Object.fromEntries(
    Array.from(
      { length: 8 },
      (_, i) =>
        [
          [`A/${i}.jpg`, person],
          [`B/${i}.png`, picture()],
        ] as const,
    ).flat(),
  )
  await dropFile(page, { name: 'Drawn.zip', mime: 'application/zip', bytes: zipSync(many) })
  await expect(room(page).getByRole('textbox', { name: 'Name of this data set' })).toHaveValue('Drawn', SLOW)
  await expect(items(page).first()).toBeVisible(SLOW)
  await roomButton(page, 'Stop').click()
  await expect(room(page).getByText('Stopped. What was added before stays.')).toBeVisible()
  expect(await items(page).count()).toBeLessThan(8)

  await dropFile(page, { name: 'bad.zip', mime: 'application/zip', bytes: Buffer.from('no zip') })
  await expect(room(page).getByText(/This zip cannot be read/)).toBeVisible(SLOW)

  await page.evaluate(() => {
    navigator.storage.estimate = () => Promise.resolve({ usage: 9_000_000, quota: 9_200_000 })
  })
  await dropFile(page, { name: 'more.zip', mime: 'application/zip', bytes: zipSync(many) })
  await expect(room(page).getByText(/This import needs about 2.3 MB, and the browser gives this page 180 kB more/)).toBeVisible(SLOW)
})

test('a folder that is dropped is walked through, and the set is called like it', async ({ page }, { outputDir }) => {
  const folder = path.join(outputDir, 'Toons')
  for (const [name, bytes] of [
    ['train/A/ada.jpg', person],
    ['train/B/ada.png', picture()],
    ['test/A/ada.jpg', person],
    ['test/B/ada.png', picture()],
  ] as const) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
  await openRoom(page)
  await expect(room(page).getByText('No data set yet')).toBeVisible()
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data: { items: [], files: [folder], dragOperationsMask: 1 } })
  await expect(room(page).getByText('2 pairs added.')).toBeVisible(SLOW)
  await expect(room(page).getByRole('textbox', { name: 'Name of this data set' })).toHaveValue('Toons')
  // What lies in the folder `test` is kept from training.
  await expect(room(page).getByText('2 in all, 1 held out')).toBeVisible()
})

test('a photo alone gets a drawing that is made of it, where that is asked for', async ({ page }) => {
  await openRoom(page)
  await makeSet(page, 'Stage 1', 'Pairs')
  const photo = [{ name: 'ada.jpg', mimeType: 'image/jpeg', buffer: person }]
  await choose(page, 'Pictures or zip…', photo)
  await expect(room(page).getByText(/ada: no partner with this name/)).toBeVisible(SLOW)
  await room(page).getByRole('switch', { name: 'Draw the second half of photos that have none' }).click()
  await choose(page, 'Pictures or zip…', photo)
  await expect(room(page).getByText('1 pair added.')).toBeVisible(SLOW)
  await expect(items(page).locator('img')).toHaveCount(2)
  const shades = await items(page)
    .locator('img')
    .last()
    .evaluate(async (image: HTMLImageElement) => {
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 64
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0, 64, 64)
      const { data = [] } = context?.getImageData(0, 0, 64, 64) ?? {}
      const light = Array.from({ length: 64 * 64 }, (_, i) => data[4 * i] ?? 0)
      return [light.filter((value) => value > 230).length, light.filter((value) => value < 60).length]
    })
  // Paper, and ink on it.
  expect(shades[0]).toBeGreaterThan(1500)
  expect(shades[1]).toBeGreaterThan(100)
})

test('the starter set: synthetic people and their cartoons, made from what ships', async ({ page }) => {
  test.setTimeout(600_000)
  await openRoom(page)
  await roomButton(page, 'Starter set').click()
  await expect(items(page).first()).toBeVisible({ timeout: 240_000 })
  await expect(room(page).getByText('12 pairs added.')).toBeVisible({ timeout: 540_000 })
  await expect(items(page)).toHaveCount(12)
  await expect(room(page).getByText('12 in all, 2 held out')).toBeVisible()
})

test('one’s own sketches with their faces are a set, of which a sketch alone is moved', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.mouth)
  await expectSaved(page)
  await page.evaluate(() => {
    location.hash = '#datasets'
  })
  await page.reload()
  await roomButton(page, 'Of my sketches').click(SLOW)
  await expect(room(page).getByText('1 pair added.')).toBeVisible(SLOW)
  await expect(items(page).locator('img')).toHaveCount(2)
  await room(page).getByText('Augmentation', { exact: true }).click()
  await expect(room(page).getByText('The sketch moves, its photo stays. Pixels of 512.')).toBeVisible()
  const draws = room(page).getByRole('list', { name: 'Random draws' })
  const sides = async (): Promise<string[]> => {
    await expect(draws).toHaveAttribute('data-painted', /./)
    const canvases = [draws.getByRole('img', { name: 'Draw 1, side A' }), draws.getByRole('img', { name: 'Draw 1, side B' })]
    return Promise.all(canvases.map((each) => each.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())))
  }
  await roomButton(page, 'None of it').click()
  await expect(draws).toHaveAttribute('data-painted', /"shiftPx":0/)
  const [sketch, face] = await sides()
  await room(page).getByRole('slider', { name: 'Shift' }).press('End')
  await expect(draws).toHaveAttribute('data-painted', /"shiftPx":100/)
  const [moved, still] = await sides()
  expect(moved).not.toBe(sketch)
  expect(still).toBe(face)
})

for (const [colorScheme, locale, width, height] of [
  ['light', 'en', 1440, 900],
  ['dark', 'zh-CN', 390, 844],
] as const) {
  test.describe(`${colorScheme}, ${locale}, ${width} px`, () => {
    test.use({ colorScheme, locale, viewport: { width, height } })

    test('the data sets’ screen has no barrier that axe finds, and nothing sticks out', async ({ page }) => {
      const isEnglish = locale === 'en'
      await page.goto('/?backend=wasm#datasets')
      const barriers = async (): Promise<string[]> => {
        const wide = await page.evaluate(() => document.querySelector('dialog.data-sets .dialog-body')?.scrollWidth ?? 0)
        expect(wide).toBeLessThanOrEqual(width)
        return violations(page)
      }
      const any = page.locator('dialog.data-sets')
      await expect(any.locator('.data-sets-empty')).toBeVisible(SLOW)
      expect(await barriers(), 'empty').toEqual([])
      await dropFile(page, { name: 'x.zip', mime: 'application/zip', bytes: zipSync({ 'A/1.jpg': person, 'B/1.png': picture() }) })
      await expect(any.locator('.data-item img')).toHaveCount(2, SLOW)
      expect(await barriers(), 'pictures').toEqual([])
      await any.getByText(isEnglish ? 'Augmentation' : '数据增强', { exact: true }).click()
      await expect(any.locator('.augmentation-grid')).toHaveAttribute('data-painted', /./)
      expect(await barriers(), 'augmentation').toEqual([])
      await any.getByText(isEnglish ? 'Pictures' : '图片', { exact: true }).click()
      await any.locator('.data-item-pictures').click()
      await expect(page.locator('.data-item-dialog .point-editor')).toBeVisible(SLOW)
      expect(await barriers(), 'points').toEqual([])
    })
  })
}
