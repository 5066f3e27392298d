/** Undo and redo go on where a page was left: after a reload, after another sketch, and in a second tab. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, face, inkAmount, openStudio, revision, STROKES } from './support/studio'

async function reload(page: Page): Promise<void> {
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
}

const undo = (page: Page) => page.getByRole('button', { name: 'Undo' }).first()
const redo = (page: Page) => page.getByRole('button', { name: 'Redo' }).first()

test('undo and redo after a reload, stroke by stroke, and the face with them', async ({ page }) => {
  await openStudio(page)
  const inks = [await inkAmount(page)]
  for (const stroke of [STROKES.hair, STROKES.smile, STROKES.leftBrow]) {
    await draw(page, stroke)
    inks.push(await inkAmount(page))
  }
  await page.keyboard.press('Control+z')
  await expect.poll(() => inkAmount(page)).toBe(inks[2])
  await expectSaved(page)
  // Nobody waits for the history: leaving the page writes it.
  await reload(page)
  expect(await inkAmount(page)).toBe(inks[2])
  const before = await revision(page)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => inkAmount(page)).toBe(inks[3])
  await expect.poll(() => revision(page)).toBeGreaterThan(before)
  await expect(redo(page)).toBeDisabled()
  for (const ink of [inks[2], inks[1], inks[0]]) {
    await undo(page).click()
    await expect.poll(() => inkAmount(page)).toBe(ink)
  }
  await expect(undo(page)).toBeDisabled()
  await reload(page)
  await redo(page).click()
  await expect.poll(() => inkAmount(page)).toBe(inks[1])
})

test('a sketch brings its own history, also the copy in a second tab', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.hair)
  const hair = await inkAmount(page)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await expect(undo(page)).toBeDisabled()
  await button(page, 'Sketches').click()
  await page
    .getByRole('dialog', { name: 'Sketches' })
    .getByRole('button', { name: /^Go to/ })
    .first()
    .click()
  await undo(page).click()
  await expect.poll(() => inkAmount(page)).toBe(hair)
  await page.waitForTimeout(800)

  const second = await context.newPage()
  await openStudio(second)
  await expect(second.getByText(/open in another tab/)).toBeVisible()
  await undo(second).click()
  await expect.poll(() => inkAmount(second)).toBe(0)
  await draw(second, STROKES.leftBrow)
  await expectSaved(second)
  // The first tab's is not touched by it.
  await redo(page).click()
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(hair)
  await expectSaved(page)
  // The copy is what was drawn on last, with its own past: one brow, and nothing to do again.
  await reload(second)
  await expect(redo(second)).toBeDisabled()
  await undo(second).click()
  await expect.poll(() => inkAmount(second)).toBe(0)
  await expect(undo(second)).toBeDisabled()
})
