/** The main job: a stroke gives a face, and the face follows drawing, erasing, undoing and the look. */
import { expect, test } from '@playwright/test'
import {
  button,
  drag,
  draw,
  face,
  faceAfter,
  facePixels,
  inkAmount,
  meanDifference,
  openStudio,
  revision,
  STROKES,
  sketch,
} from './support/studio'

test('one stroke on an empty page gives a face, and the face follows every change', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await expect(sketch(page)).toHaveAccessibleName('Sketch')
  await expect(face(page)).toHaveAccessibleName('Generated face')
  expect(await inkAmount(page)).toBe(0)
  const empty = await facePixels(page)

  const first = await draw(page, STROKES.smile)
  expect(await inkAmount(page)).toBeGreaterThan(100)
  const smiling = await facePixels(page)
  expect(meanDifference(empty, smiling)).toBeGreaterThan(0.05)
  expect(Number(await face(page).getAttribute('data-elapsed-ms'))).toBeGreaterThan(0)

  await draw(page, STROKES.hair)
  const withHair = await facePixels(page)
  expect(meanDifference(smiling, withHair)).toBeGreaterThan(0.5)

  // The eraser takes the hair away again: the very face from before.
  await button(page, 'Eraser').click()
  let before = await revision(page)
  await drag(page, [
    [240, 30],
    [262, 60],
  ])
  before = await faceAfter(page, before)
  expect(meanDifference(smiling, await facePixels(page))).toBe(0)

  await button(page, 'Undo').click()
  before = await faceAfter(page, before)
  expect(meanDifference(withHair, await facePixels(page))).toBe(0)

  await button(page, 'Undo').click()
  before = await faceAfter(page, before)
  await button(page, 'Undo').click()
  before = await faceAfter(page, before)
  expect(meanDifference(empty, await facePixels(page))).toBe(0)
  expect(await inkAmount(page)).toBe(0)
  await expect(button(page, 'Undo')).toBeDisabled()

  await button(page, 'Redo').click()
  expect(await faceAfter(page, before)).toBeGreaterThan(first)
  expect(meanDifference(smiling, await facePixels(page))).toBe(0)
})

test('starting from the mean face keeps the face and makes its parts editable', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const empty = await facePixels(page)
  let before = await revision(page)
  await button(page, 'Start from the mean face').click()
  before = await faceAfter(page, before)
  // The strokes say what stood in for them.
  expect(meanDifference(empty, await facePixels(page))).toBeLessThan(1)
  expect(await inkAmount(page)).toBeGreaterThan(500)

  await button(page, 'Select').click()
  await drag(page, [
    [180, 355],
    [330, 420],
  ])
  await expect(page.getByText('4 strokes selected')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Part', exact: true })).toHaveValue('mouth')
  await sketch(page).focus()
  for (let i = 0; i < 2; i++) await page.keyboard.press('Shift+ArrowDown')
  await faceAfter(page, before)
  expect(meanDifference(empty, await facePixels(page))).toBeGreaterThan(0.05)
})

test('another look gives another person for the same drawing', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const standard = await facePixels(page)
  const looks = page.getByRole('group', { name: 'Looks' }).getByRole('button')
  await expect(looks.first()).toHaveAttribute('aria-pressed', 'true')
  await looks.nth(3).click()
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBeGreaterThan(2)
  await looks.first().click()
  await expect.poll(async () => meanDifference(standard, await facePixels(page))).toBe(0)
})

test('the names that automation relies on are unambiguous', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  for (const name of ['Pen', 'Eraser', 'Select', 'Undo', 'Redo', 'Start from the mean face', 'Hold the rest', 'Lock outside']) {
    await expect(page.getByRole('button', { name }), name).toHaveCount(1)
  }
  await expect(page.getByLabel('Sketch')).toHaveCount(1)
  await expect(page.getByLabel('Generated face')).toHaveCount(1)
})
