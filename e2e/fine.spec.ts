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

test('locked, the face stays the live one however long the pen rests: a series of faces shows nothing outside', async ({ page }) => {
  await button(page, 'Start from the mean face').click()
  await rest(page)
  await button(page, 'Lock outside').click()
  await expect(face(page)).toHaveAttribute('data-quality', 'live')
  await page.waitForTimeout(1_500)
  const series = [await facePixels(page)]
  for (const stroke of [STROKES.smile, STROKES.mouth]) {
    await draw(page, stroke)
    series.push(await facePixels(page))
    // Longer than a pen has to rest for a finer face.
    await page.waitForTimeout(1_500)
    await expect(face(page)).toHaveAttribute('data-quality', 'live')
    series.push(await facePixels(page))
  }
  await button(page, 'Undo').click()
  await page.waitForTimeout(1_500)
  series.push(await facePixels(page))
  const [first] = series
  if (!first) throw new Error('There is no face.')
  for (const after of series) {
    const side = Math.sqrt(after.length / 4)
    const rows = [...after].flatMap((value, i) => (value === first[i] ? [] : [Math.floor(i / 4 / side) / side]))
    expect(rows[0] ?? 0.6).toBeGreaterThan(0.55)
    expect(rows.at(-1) ?? 0.6).toBeLessThan(0.95)
  }
  await button(page, 'Plain').click()
  await rest(page)
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
