/** A whole drawing session without a pointer. */
import { expect, type Page, test } from '@playwright/test'
import { face, faceAfter, facePixels, inkAmount, meanDifference, openStudio, revision, sketch } from './support/studio'

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key)
}

test('draws, erases, undoes and finds help with the keyboard alone', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    if (await sketch(page).evaluate((surface) => surface === document.activeElement)) break
  }
  await expect(sketch(page)).toBeFocused()
  const announced = page.locator('[data-announcer]')
  const empty = await facePixels(page)

  // From the middle of the page to the left corner of the mouth, then a line across.
  await press(page, 'Shift+ArrowDown', 14)
  await press(page, 'Shift+ArrowLeft', 5)
  await expect(announced).toHaveText('206, 396')
  await press(page, 'Space')
  await expect(announced).toHaveText(/Pen down/)
  await press(page, 'Shift+ArrowRight', 10)
  await press(page, 'ArrowUp', 2)
  let before = await revision(page)
  await press(page, 'Space')
  await expect(announced).toHaveText(/Pen up: Mouth/)
  before = await faceAfter(page, before)
  const drawn = await facePixels(page)
  const ink = await inkAmount(page)
  expect(ink).toBeGreaterThan(50)
  expect(meanDifference(empty, drawn)).toBeGreaterThan(0.02)

  // A dropped stroke leaves nothing behind.
  await press(page, 'Enter')
  await press(page, 'Shift+ArrowUp', 8)
  await press(page, 'Escape')
  await expect(announced).toHaveText(/Stroke dropped/)
  expect(await inkAmount(page)).toBe(ink)

  await press(page, 'Control+z')
  before = await faceAfter(page, before)
  expect(await inkAmount(page)).toBe(0)
  await press(page, 'Control+Shift+Z')
  before = await faceAfter(page, before)
  expect(await inkAmount(page)).toBe(ink)

  // The eraser, where the line lies: back from above the line's end.
  await press(page, 'e')
  await expect(page.getByRole('button', { name: 'Eraser' })).toHaveAttribute('aria-pressed', 'true')
  await sketch(page).focus()
  await press(page, 'Shift+ArrowDown', 7)
  await press(page, 'Enter')
  await press(page, 'Shift+ArrowDown', 2)
  await press(page, 'Enter')
  await faceAfter(page, before)
  expect(await inkAmount(page)).toBe(0)

  await press(page, '?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(sketch(page)).toBeFocused()
  await expect(face(page)).toBeVisible()
})

test('every control has a name, and none is out of reach', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const nameless = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, [role="slider"], canvas[role]')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : []
        const text = [element.getAttribute('aria-label'), element.textContent, ...labels.map((label) => label.textContent)]
        return text.every((part) => !part?.trim())
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
  expect(nameless).toEqual([])
})
