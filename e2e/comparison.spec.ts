/** The thesis's claim, live: the same edit in models with no, two and five normalisations taken out. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, modelsOf, openStudio, STROKES } from './support/studio'

const panel = (page: Page) => page.getByRole('region', { name: 'Compare models' })
const outside = (page: Page) =>
  panel(page)
    .locator('output')
    .evaluateAll((outputs) => outputs.map((output) => (output instanceof HTMLElement ? (output.dataset.outside ?? null) : null)))

test('an edit is measured in every model against its own face before it', async ({ page }) => {
  const ids = await modelsOf(page, 'comparison')
  expect(ids).toHaveLength(3)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const fetched = (): string[] => ids.filter((id) => asked.some((url) => url.includes(`/models/${id}/`)))
  await openStudio(page)
  await button(page, 'Start from the mean face').click()
  expect(fetched()).toEqual([])
  await button(page, 'Compare models').click()
  const models = panel(page).getByRole('article')
  await expect(models).toHaveCount(ids.length)
  for (const id of ids)
    await expect(panel(page).locator(`[data-model="${id}"]`)).toHaveAttribute('data-status', 'shown', { timeout: 60_000 })
  // Fetched when they were first wanted.
  expect(fetched()).toEqual(ids)
  await expect(panel(page)).toContainText('Now change one part')
  expect(await outside(page)).toEqual(ids.map(() => null))

  await draw(page, STROKES.smile)
  await expect.poll(async () => (await outside(page)).every((value) => Number(value) > 0)).toBe(true)
  await button(page, 'Measure from here').click()
  await expect.poll(() => outside(page)).toEqual(ids.map(() => null))
  await draw(page, STROKES.leftBrow)
  await expect.poll(async () => (await outside(page)).every((value) => Number(value) > 0)).toBe(true)

  await panel(page).getByRole('button', { name: 'Close' }).click()
  await expect(panel(page)).toHaveCount(0)
  await expect(button(page, 'Compare models')).toHaveAttribute('aria-pressed', 'false')
})
