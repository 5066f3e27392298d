/** The editor's tools as a hand uses them: both erasers, symmetry, reshape, parts, zoom, and the ways to cancel. */
import { expect, test } from '@playwright/test'
import { button, drag, draw, inkAmount, openStudio, STROKES, sketch } from './support/studio'

test('erases by point and by stroke, mirrors, reshapes, and cancels with Escape', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.hair)
  const whole = await inkAmount(page)

  await button(page, 'Eraser').click()
  await page.getByText('What it touches').click()
  await drag(page, [
    [240, 30],
    [272, 56],
  ])
  const cut = await inkAmount(page)
  expect(cut).toBeLessThan(whole)
  expect(cut).toBeGreaterThan(0.7 * whole)
  await button(page, 'Undo').click()
  expect(await inkAmount(page)).toBe(whole)

  await button(page, 'Pen').click()
  await button(page, 'Mirror symmetry').click()
  await draw(page, STROKES.leftBrow)
  await button(page, 'Select').click()
  await sketch(page).focus()
  await page.keyboard.press('Control+a')
  await expect(page.getByText('3 strokes selected')).toBeVisible()
  await button(page, 'Mirror symmetry').click()
  await page.keyboard.press('Escape')

  const before = await inkAmount(page)
  await button(page, 'Reshape').click()
  await drag(page, [
    [256, 42],
    [256, 90],
  ])
  expect(await inkAmount(page)).not.toBe(before)
  await button(page, 'Undo').click()
  expect(await inkAmount(page)).toBe(before)

  await button(page, 'Pen').click()
  await page.mouse.move(500, 300)
  await page.mouse.down()
  await page.mouse.move(560, 360, { steps: 5 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await inkAmount(page)).toBe(before)
})

test('a stroke knows its part, and a person may change it', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.leftBrow)
  await button(page, 'Select').click()
  await drag(page, [
    [120, 180],
    [240, 240],
  ])
  const part = page.getByRole('combobox', { name: 'Part', exact: true })
  await expect(part).toHaveValue('leftBrow')
  await part.selectOption('hair')
  await expect(part).toHaveValue('hair')
  await button(page, 'Undo').click()
  await expect(part).toHaveValue('leftBrow')
})

test('zooms with the wheel, pans, and fits again', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  await page.mouse.move(box.x + box.width / 2, box.y + 0.78 * box.height)
  await page.keyboard.down('Control')
  // A notch is a small step.
  for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -80)
  await page.keyboard.up('Control')
  await expect(page.locator('.page-zoom')).toBeVisible()
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(2 * ink)
  await page.mouse.wheel(0, -4000)
  await expect.poll(() => inkAmount(page)).toBeLessThan(ink)
  await button(page, 'Fit the page').click()
  await expect.poll(() => inkAmount(page)).toBe(ink)
})
