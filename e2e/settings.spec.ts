/** Settings in one place, the page turned, and parts of another sketch. */
import { expect, type Page, test } from '@playwright/test'
import { storedStrokes } from './kills/storedStrokes'
import { violations } from './support/axe'
import {
  button,
  drag,
  draw,
  expectSaved,
  face,
  facePixels,
  inkAmount,
  meanDifference,
  onScreen,
  openStudio,
  revision,
  STROKES,
  sketch,
} from './support/studio'

async function openSettings(page: Page) {
  await button(page, 'Settings').click()
  return page.getByRole('dialog', { name: 'Settings' })
}

test('a shortcut is changed, what had it goes without, and it stays so after a reload', async ({ page }) => {
  await openStudio(page)
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: /^Reshape: R\. Change/ }).click()
  await page.keyboard.press('ArrowLeft')
  await expect(dialog.getByText(/belongs to the page/)).toBeVisible()
  await page.keyboard.press('e')
  await expect(dialog.getByText(/E did “Eraser” until now/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: /^Eraser: none\. Change/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expect(button(page, 'Reshape')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('r')
  await expect(button(page, 'Reshape')).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('e')
  await expect(button(page, 'Reshape')).toHaveAttribute('aria-pressed', 'true')
  await openSettings(page)
  await dialog.getByRole('button', { name: 'All shortcuts as they were' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expect(button(page, 'Eraser')).toHaveAttribute('aria-pressed', 'true')
})

test('lines have another colour and strength for the eyes; the model sees what it saw', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  await draw(page, STROKES.hair)
  const before = await facePixels(page)
  const dialog = await openSettings(page)
  expect(await violations(page)).toEqual([])
  await dialog.getByText('Red', { exact: true }).click()
  await dialog.getByRole('slider', { name: 'Strength' }).press('Home')
  await page.keyboard.press('Escape')
  const ink = () =>
    sketch(page).evaluate(async (surface) => {
      for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
      const canvas = surface.querySelectorAll('canvas')[1]
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let most = [0, 0, 0, 0]
      for (let i = 0; i < data.length; i += 4) if ((data[i + 3] ?? 0) > (most[3] ?? 0)) most = [...data.slice(i, i + 4)]
      return most
    })
  await expect.poll(async () => (await ink())[3]).toBeLessThan(60)
  const [red = 0, green = 0, blue = 0] = await ink()
  expect(red - Math.max(green, blue)).toBeGreaterThan(80)
  expect(meanDifference(await facePixels(page), before)).toBe(0)
  // The next face too: the same strokes in black or in red are the same request.
  const at = await revision(page)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => revision(page)).toBeGreaterThan(at + 1)
  await expect.poll(async () => meanDifference(await facePixels(page), before)).toBe(0)
})

test('the page turns on the screen alone: a line is where the pointer was, and the way back is on the page', async ({ page }) => {
  await openStudio(page)
  for (let i = 0; i < 6; i++) await page.keyboard.press('.')
  await expect(page.getByRole('button', { name: 'Turned 90°: set upright' })).toBeVisible()
  // On the screen from left to right, above the middle: on the page, upwards, left of it.
  await drag(page, [
    [150, 100],
    [360, 100],
  ])
  await expectSaved(page)
  const strokes = await storedStrokes(page)
  const points = strokes.at(-1)?.points ?? []
  const [x = 0, y = 0] = points
  const [endX = 0, endY = 0] = [points.at(-3), points.at(-2)]
  expect(Math.abs(x - 100)).toBeLessThan(8)
  expect(Math.abs(endX - 100)).toBeLessThan(8)
  expect(Math.abs(y - (512 - 150))).toBeLessThan(8)
  expect(Math.abs(endY - (512 - 360))).toBeLessThan(8)
  await page.getByRole('button', { name: 'Turned 90°: set upright' }).click()
  await expect(page.getByRole('button', { name: /set upright/ })).toBeHidden()
  await button(page, 'Turn the page').click()
  await page
    .getByRole('dialog', { name: 'Turn the page' })
    .getByRole('button', { name: /Turn the page left/ })
    .click()
  await expect(page.getByRole('button', { name: 'Turned -15°: set upright' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('0')
  await expect(page.getByRole('button', { name: /set upright/ })).toBeHidden()
})

test('one notch of the wheel is one small step', async ({ page }) => {
  await openStudio(page)
  await page.mouse.move(...(await onScreen(page, [256, 256])))
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -120)
  await page.keyboard.up('Control')
  await expect(page.locator('.page-zoom')).toHaveText('108 %')
})

test('parts of another sketch come onto the page as strokes, selected', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.hair)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await draw(page, STROKES.leftBrow)
  const brow = await inkAmount(page)
  await button(page, 'Sketches').click()
  const screen = page.getByRole('dialog', { name: 'Sketches' })
  await screen.getByRole('button', { name: 'More for Untitled' }).last().click()
  await page.getByRole('menuitem', { name: 'Copy parts onto the page…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Parts of “Untitled”' })
  await expect(dialog.getByRole('button', { name: /^Hair/ })).toBeVisible()
  await dialog.getByRole('button', { name: 'Mouth (1)' }).click()
  await dialog.getByRole('button', { name: 'Put on the page' }).click()
  await expect(screen).toBeHidden()
  await expect(page.getByText('1 stroke selected')).toBeVisible()
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(brow * 1.3)
  await button(page, 'Flip').click()
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(brow * 1.3)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(() => inkAmount(page)).toBe(brow)
})
