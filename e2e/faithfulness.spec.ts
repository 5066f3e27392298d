/** How closely lines are followed: a slider a part, kept with the sketch. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, facePixels, meanDifference, openStudio, STROKES } from './support/studio'

/** What the shipped live model recommends. */
async function recommended(page: Page): Promise<Record<string, number>> {
  const manifest = await (await page.request.get('/models/live/manifest.json')).json()
  return manifest.task.tolerance.defaults
}

const slider = (page: Page, part: string) => page.getByRole('region', { name: 'Faithfulness' }).getByRole('slider', { name: part })
const percent = (tolerance: number): string => `${Math.round(100 * Math.cbrt(1 - tolerance))} %`

test('a slider changes the face, stays with the sketch, and goes back to what is recommended', async ({ page }) => {
  const defaults = await recommended(page)
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  const mouth = slider(page, 'Mouth')
  await expect(mouth).toHaveAttribute('aria-valuetext', percent(defaults.mouth ?? 0))
  await expect(button(page, 'As recommended')).toBeDisabled()
  const standard = await facePixels(page)

  await mouth.focus()
  await page.keyboard.press('Home')
  await expect(mouth).toHaveAttribute('aria-valuetext', '0 %')
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBeGreaterThan(0.02)
  const forgiving = await facePixels(page)
  await slider(page, 'Jaw').focus()
  await page.keyboard.press('End')
  await expect.poll(async () => meanDifference(forgiving, await facePixels(page))).toBeGreaterThan(0)
  await expectSaved(page)
  const chosen = await facePixels(page)

  await openStudio(page, { liveOnly: true })
  await expect(mouth).toHaveAttribute('aria-valuetext', '0 %')
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuetext', '100 %')
  await expect.poll(async () => meanDifference(chosen, await facePixels(page))).toBe(0)

  await mouth.dblclick()
  await expect(mouth).toHaveAttribute('aria-valuetext', percent(defaults.mouth ?? 0))
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuetext', '100 %')
  await button(page, 'As recommended').click()
  await expect(slider(page, 'Jaw')).toHaveAttribute('aria-valuetext', percent(defaults.jaw ?? 0))
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBe(0)
})
