/** The first minute: an empty page says how to begin, and shows it on request. */
import { expect, test } from '@playwright/test'
import { button, draw, face, facePixels, inkAmount, meanDifference, openStudio, STROKES } from './support/studio'

test('an example is drawn stroke by stroke, the face following, and whoever takes the pen has it', async ({ page }) => {
  await openStudio(page)
  const before = await facePixels(page)
  await button(page, 'Show me').click()
  await expect(page.getByRole('status').filter({ hasText: 'One curve for a smile' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('status').filter({ hasText: 'A raised brow' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('status').filter({ hasText: 'A raised brow' })).toBeHidden({ timeout: 30_000 })
  await expect.poll(async () => meanDifference(await facePixels(page), before)).toBeGreaterThan(3)
  // It is the person's now: nothing is shown any more, and a stroke of their own goes on from there.
  await expect(button(page, 'Show me')).toBeHidden()
  const ink = await inkAmount(page)
  await draw(page, STROKES.leftBrow)
  expect(await inkAmount(page)).toBeGreaterThan(ink)

  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(button(page, 'Show me')).toBeVisible()
  await button(page, 'Show me').click()
  await expect(page.getByRole('status').filter({ hasText: 'A line for the hair' })).toBeVisible()
  await page.keyboard.press('Shift')
  await expect(button(page, 'Show me')).toBeVisible()
  expect(await inkAmount(page)).toBe(0)
  await expect(face(page)).toBeVisible()
})
