/** How closely lines are followed: a slider a part, kept with the sketch. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, facePixels, meanDifference, openStudio, STROKES } from './support/studio'

/** What the shipped live model recommends. */
async function recommended(page: Page): Promise<Record<string, number>> {
  const manifest = await (await page.request.get('/models/live/manifest.json')).json()
  return manifest.task.tolerance.defaults
}

const slider = (page: Page, part: string) => page.getByRole('region', { name: 'Faithfulness' }).getByRole('slider', { name: part })
/** As the slider has it, 0–1. */
const share = (tolerance: number): string => String(Math.round(100 * Math.cbrt(1 - tolerance)) / 100)

test('a slider changes the face, stays with the sketch, and goes back to what is recommended', async ({ page }) => {
  const defaults = await recommended(page)
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  const mouth = slider(page, 'Mouth')
  await expect(mouth).toHaveAttribute('aria-valuenow', share(defaults.mouth ?? 0))
  await expect(button(page, 'As recommended')).toBeDisabled()
  // Words, with the figures behind a button.
  await expect(mouth).toHaveAttribute('aria-valuetext', 'close')
  await button(page, 'Faithfulness, in figures').click()
  await expect(page.getByRole('dialog', { name: 'Faithfulness, in figures' })).toContainText(
    `Mouth${Math.round(100 * Math.cbrt(1 - (defaults.mouth ?? 0)))} %`,
  )
  await page.keyboard.press('Escape')
  const standard = await facePixels(page)

  await mouth.focus()
  await page.keyboard.press('Home')
  await expect(mouth).toHaveAttribute('aria-valuenow', '0')
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBeGreaterThan(0.02)
  const forgiving = await facePixels(page)
  await slider(page, 'Jaw').focus()
  await page.keyboard.press('End')
  await expect.poll(async () => meanDifference(forgiving, await facePixels(page))).toBeGreaterThan(0)
  await expectSaved(page)
  const chosen = await facePixels(page)

  await openStudio(page, { liveOnly: true })
  await expect(mouth).toHaveAttribute('aria-valuenow', '0')
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuenow', '1')
  await expect.poll(async () => meanDifference(chosen, await facePixels(page))).toBe(0)

  await mouth.dblclick()
  await expect(mouth).toHaveAttribute('aria-valuenow', share(defaults.mouth ?? 0))
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuenow', '1')
  await button(page, 'As recommended').click()
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuenow', share(defaults.jaw ?? 0))
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBe(0)
})
