/** A drawing that lies beside the mean face's place is brought there for its face, says so, and can be left where it lies. */

import { expect, test } from '@playwright/test'
import { button, facePixels, meanDifference, openStudio } from './support/studio'

test('a drawing moved, turned and scaled keeps its face, and loses it when it is to be taken where it lies', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await button(page, 'Start from the mean face').click()
  const surface = page.getByRole('application', { name: 'Sketch' })
  await surface.focus()
  await page.keyboard.press('Control+a')
  const inPlace = await facePixels(page)
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByText(/^Placed: \d+ px left/)).toBeVisible()
  await expect.poll(async () => meanDifference(inPlace, await facePixels(page))).toBeLessThan(3)
  const note = page.locator('.placement')
  await note.getByRole('button', { name: 'Leave it' }).click()
  await expect(note).toContainText('Taken where it lies')
  await expect.poll(async () => meanDifference(inPlace, await facePixels(page))).toBeGreaterThan(3)
  await note.getByRole('button', { name: 'Place it' }).click()
  await expect.poll(async () => meanDifference(inPlace, await facePixels(page))).toBeLessThan(3)
})
