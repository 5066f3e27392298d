/** Only that region changes: plain, held and locked, measured on the picture itself. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, faceAfter, facePixels, meanDifference, openStudio, revision, STROKES } from './support/studio'

interface Changes {
  readonly inside: number
  readonly outside: number
}

async function changes(page: Page): Promise<Changes> {
  const figures = page.locator('output[data-outside]').first()
  return { inside: Number(await figures.getAttribute('data-inside')), outside: Number(await figures.getAttribute('data-outside')) }
}

/** Rows of the picture, as shares of its height, between which something differs. */
function changedRows(before: Uint8Array, after: Uint8Array): { first: number; last: number } {
  const side = Math.sqrt(before.length / 4)
  const rows: number[] = []
  for (let i = 0; i < before.length; i++) if (before[i] !== after[i]) rows.push(Math.floor(i / 4 / side))
  return { first: (rows[0] ?? 0) / side, last: (rows.at(-1) ?? 0) / side }
}

async function editMouth(page: Page, mode: string): Promise<Changes & { rows: { first: number; last: number } }> {
  await openStudio(page, { liveOnly: true })
  let before = await revision(page)
  await button(page, 'Start from the mean face').click()
  before = await faceAfter(page, before)
  await button(page, mode).click()
  await expect(button(page, mode)).toHaveAttribute('aria-pressed', 'true')
  // The held face of the same drawing.
  await page.waitForTimeout(700)
  const pixels = await facePixels(page)
  await draw(page, STROKES.smile)
  await button(page, 'What changed').click()
  return { ...(await changes(page)), rows: changedRows(pixels, await facePixels(page)) }
}

test('locked, not one pixel changes outside the mouth', async ({ page }) => {
  const { inside, outside, rows } = await editMouth(page, 'Lock outside')
  expect(outside).toBe(0)
  expect(inside).toBeGreaterThan(0)
  expect(rows.first).toBeGreaterThan(0.55)
  expect(rows.last).toBeLessThan(0.95)
  await expect(page.locator('.change-figure', { hasText: 'outside nothing' }).first()).toBeVisible()
  // The lock holds as well.
  await expect(button(page, 'Hold the rest')).toHaveAttribute('aria-pressed', 'true')
})

test('locked, a reload shows the very pixels, and the lock goes on from there', async ({ page }) => {
  await editMouth(page, 'Lock outside')
  const before = await facePixels(page)
  await expectSaved(page)
  await openStudio(page, { liveOnly: true })
  await expect(button(page, 'Lock outside')).toHaveAttribute('aria-pressed', 'true')
  await page.waitForTimeout(700)
  expect(meanDifference(before, await facePixels(page))).toBe(0)
  await draw(page, STROKES.mouth)
  const { first, last } = changedRows(before, await facePixels(page))
  expect(first).toBeGreaterThan(0.55)
  expect(last).toBeLessThan(0.95)
  // Let go, everything may follow, and the next page starts plainly.
  await button(page, 'Plain').click()
  await page.waitForTimeout(700)
  await expectSaved(page)
  await openStudio(page, { liveOnly: true })
  await expect(button(page, 'Plain')).toHaveAttribute('aria-pressed', 'true')
})

test('held, the rest changes by less than 1/255 on average', async ({ page }) => {
  const { inside, outside } = await editMouth(page, 'Hold the rest')
  expect(outside).toBeLessThan(1)
  expect(inside).toBeGreaterThan(outside)
})

test('plain, everything may follow', async ({ page }) => {
  const { inside, outside } = await editMouth(page, 'Plain')
  expect(inside).toBeGreaterThan(0)
  expect(outside).toBeGreaterThan(0)
})
