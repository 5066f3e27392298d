/** When the pen rests a finer face takes the place of the live one; whatever is done next is live again. */
import { expect, type Page, test } from '@playwright/test'
import { offerFineModel } from './support/fineModel'
import { button, draw, face, facePixels, meanDifference, openStudio, revision, STROKES } from './support/studio'

async function rest(page: Page): Promise<void> {
  await expect(face(page)).toHaveAttribute('data-quality', 'fine', { timeout: 60_000 })
}

test.beforeEach(async ({ page }) => {
  await offerFineModel(page)
  await openStudio(page)
})

test('a finer face of the same drawing comes by itself, and a stroke or a dial goes back to live', async ({ page }) => {
  await draw(page, STROKES.smile)
  const live = await facePixels(page)
  const before = await revision(page)
  await rest(page)
  await expect(page.locator('.face-bar')).toContainText('Fine')
  expect((await facePixels(page)).length).not.toBe(live.length) // The model that plays the part is of another size.
  expect(await revision(page)).toBe(before)
  // The change is that of the stroke, within the finer model.
  expect(Number(await page.locator('output[data-outside]').first().getAttribute('data-inside'))).toBeGreaterThan(0)

  await draw(page, STROKES.leftBrow)
  await expect(face(page)).toHaveAttribute('data-quality', 'live', { timeout: 2_000 })
  await rest(page)
  await button(page, 'Undo').click()
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  await rest(page)
  await page.getByRole('group', { name: 'Looks' }).getByRole('button').nth(2).click()
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  await rest(page)
})

test('locked, a finer face changes nothing outside either', async ({ page }) => {
  await button(page, 'Start from the mean face').click()
  await button(page, 'Lock outside').click()
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  await rest(page)
  const before = await facePixels(page)
  await draw(page, STROKES.smile)
  await rest(page)
  const after = await facePixels(page)
  const side = Math.sqrt(after.length / 4)
  const rows = [...after].flatMap((value, i) => (value === before[i] ? [] : [Math.floor(i / 4 / side) / side]))
  expect(Math.min(...rows.slice(0, 1))).toBeGreaterThan(0.55)
  expect(rows.at(-1)).toBeLessThan(0.95)
  const figures = page.locator('output[data-outside]').first()
  await expect(figures).toHaveAttribute('data-outside', '0')
})

test('it can be turned off, and that is remembered', async ({ page }) => {
  await draw(page, STROKES.smile)
  const live = await facePixels(page)
  await rest(page)
  await page.getByRole('button', { name: 'How this face is made' }).click()
  await page.getByRole('switch', { name: 'Refine when the pen rests' }).click()
  await page.keyboard.press('Escape')
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  expect(meanDifference(live, await facePixels(page))).toBe(0)

  await openStudio(page)
  await page.waitForTimeout(3_000)
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  await page.getByRole('button', { name: 'How this face is made' }).click()
  await page.getByRole('switch', { name: 'Refine when the pen rests' }).click()
  await rest(page)
})
