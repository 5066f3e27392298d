/** The sketch database and files: name, find, copy, delete and bring back; every export comes back in. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { button, draw, dropFile, expectSaved, inkAmount, openStudio, STROKES } from './support/studio'

async function exportAs(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
  const download = await waiting
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

async function nameDrawing(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name of this drawing' }).fill(name)
  await page.keyboard.press('Enter')
  await expectSaved(page)
}

test('keeps sketches, finds them, copies, deletes and brings them back', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await nameDrawing(page, 'Witness one')
  const ink = await inkAmount(page)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await expect.poll(() => inkAmount(page)).toBe(0)
  await draw(page, STROKES.hair)
  await nameDrawing(page, 'Second man')

  await button(page, 'Sketches').click()
  const screen = page.getByRole('dialog', { name: 'Sketches' })
  const cards = screen.getByRole('listitem')
  await expect(cards).toHaveCount(2)
  // Drawing and face of both.
  await expect(screen.locator('img')).toHaveCount(4)
  await screen.getByRole('searchbox').fill('witness')
  await expect(cards).toHaveCount(1)

  await screen.getByRole('button', { name: 'More for Witness one' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(cards).toHaveCount(2)
  await screen.getByRole('button', { name: 'More for Witness one (copy)' }).click()
  await page.getByRole('menuitem', { name: 'Rename and tag…' }).click()
  const edit = page.getByRole('dialog', { name: 'Name and tags' })
  await edit.getByRole('textbox', { name: 'Tags' }).fill('case 12, beard')
  await edit.getByRole('button', { name: 'Save' }).click()
  await screen.getByRole('searchbox').fill('')
  await screen.getByRole('group', { name: 'Tags' }).getByRole('button', { name: 'case 12' }).click()
  await expect(cards).toHaveCount(1)

  await screen.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(screen.getByText('“Witness one (copy)” was deleted.')).toBeVisible()
  await expect(cards).toHaveCount(2)
  await screen.getByRole('button', { name: 'Bring back' }).click()
  await expect(cards).toHaveCount(3)
  await expect(screen.getByText(/ of .* used/)).toBeVisible()

  await screen.getByRole('button', { name: 'Go to Witness one', exact: true }).click()
  await expect(screen).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Name of this drawing' })).toHaveValue('Witness one')
  expect(await inkAmount(page)).toBe(ink)
})

test('what is exported comes back in', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await draw(page, STROKES.hair)
  await nameDrawing(page, 'Round trip')
  const ink = await inkAmount(page)

  const project = await exportAs(page, 'Project (JSON)')
  expect(project.name).toBe('Round trip.json')
  const svg = await exportAs(page, 'Drawing as SVG')
  const png = await exportAs(page, 'Drawing as PNG')
  const faceFile = await exportAs(page, 'Face as PNG')
  const both = await exportAs(page, 'Drawing and face side by side')
  const database = await exportAs(page, 'All sketches in one file')
  for (const picture of [png, faceFile, both]) expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG')
  // What was made says so in the file; a drawing is the person's own.
  expect([png, faceFile, both].map(({ bytes }) => bytes.includes('Synthetic picture'))).toEqual([false, true, true])
  const { networks } = await (await page.request.get('/models/live/manifest.json')).json()
  for (const { bytes } of [faceFile, both]) {
    const text = bytes.toString('utf8')
    for (const said of ['Model\0\0\0\0\0live', networks.generator.shards[0].sha256, 'Sketch\0\0\0\0\0Round trip (', 'Look\0\0\0\0\0{"'])
      expect(text).toContain(said)
  }
  expect([png, faceFile, both].map(({ bytes }) => bytes.readUInt32BE(16))).toEqual([1024, 256, 2048])

  for (const [file, mime] of [
    [project, 'application/json'],
    [svg, 'image/svg+xml'],
  ] as const) {
    await dropFile(page, { ...file, mime })
    await expect(page.getByText(/“Round trip” is open with 2 strokes/).last()).toBeVisible()
    expect(await inkAmount(page)).toBe(ink)
    await page.locator('.toast').last().getByRole('button', { name: 'Dismiss' }).click()
  }

  await dropFile(page, { ...png, mime: 'image/png' })
  await expect(page.getByText(/“Round trip” is open with/).last()).toBeVisible()
  const traced = await inkAmount(page)
  expect(traced).toBeGreaterThan(0.6 * ink)
  expect(traced).toBeLessThan(1.6 * ink)

  await dropFile(page, { ...database, mime: 'application/json' })
  const dialog = page.getByRole('dialog', { name: 'Bring in these sketches?' })
  await expect(dialog).toContainText('The file holds 1 sketch.')
  await dialog.getByRole('button', { name: 'Bring in' }).click()
  await expect(page.getByText('0 sketches came in, 1 were already here.')).toBeVisible()
})

const SVG_LINE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><path d="M100 100 L400 140" stroke="black"/></svg>'

test('files come in by button and by paste too', async ({ page }) => {
  await openStudio(page)
  const choosing = page.waitForEvent('filechooser')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: /^Import/ }).click()
  await (await choosing).setFiles({ name: 'chosen.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG_LINE) })
  await expect(page.getByText('“chosen” is open with 1 stroke.')).toBeVisible()

  await page.evaluate((svg) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([svg], 'pasted.svg', { type: 'image/svg+xml' }))
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, SVG_LINE)
  await expect(page.getByText('“pasted” is open with 1 stroke.')).toBeVisible()
  await button(page, 'Sketches').click()
  await expect(page.getByRole('dialog', { name: 'Sketches' }).getByRole('listitem')).toHaveCount(2)
})
