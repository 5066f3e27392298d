/** What a drawing cannot say: every dial changes the face, can be left open, and is kept with the sketch. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, facePixels, meanDifference, openStudio, STROKES } from './support/studio'

async function expectOtherFace(page: Page, before: Uint8Array): Promise<Uint8Array> {
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBeGreaterThan(0)
  return facePixels(page)
}

test('every dial changes the face', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const look = page.getByRole('region', { name: 'Look', exact: true })
  let pixels = await facePixels(page)
  for (const name of ['Female to male', 'Age', 'Greying', 'Light from']) {
    await look.getByRole('slider', { name }).focus()
    await page.keyboard.press('End')
    pixels = await expectOtherFace(page, pixels)
    await look.getByRole('button', { name: `${name}: any` }).click()
    pixels = await expectOtherFace(page, pixels)
  }
  for (const name of ['Skin', 'Hair', 'Background', 'Eyes']) {
    const field = look.getByRole('group', { name, exact: true })
    await field.getByRole('button').last().click()
    pixels = await expectOtherFace(page, pixels)
    await field.getByRole('button', { name: `${name}: Any` }).click()
    pixels = await expectOtherFace(page, pixels)
  }
  for (const [name, choice] of [
    ['Hair style', 'afro'],
    ['Beard', 'full'],
    ['Light', 'outdoor'],
  ] as const) {
    await look.getByRole('combobox', { name, exact: true }).selectOption(choice)
    pixels = await expectOtherFace(page, pixels)
    await look.getByRole('combobox', { name, exact: true }).selectOption({ label: 'Any' })
    pixels = await expectOtherFace(page, pixels)
  }
  await expect(button(page, 'Set all to any')).toBeDisabled()
})

test('a changed look is kept with the sketch, and goes back to the one it was made from', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  const looks = page.getByRole('group', { name: 'Looks' }).getByRole('button')
  let pixels = await facePixels(page)
  const other = (await looks.nth(3).getAttribute('aria-pressed')) === 'true' ? 2 : 3
  await looks.nth(other).click()
  pixels = await expectOtherFace(page, pixels)
  const chosen = pixels
  await page.getByRole('slider', { name: 'Age' }).focus()
  await page.keyboard.press('End')
  pixels = await expectOtherFace(page, pixels)
  await expectSaved(page)

  await openStudio(page, { liveOnly: true })
  await expect(page.getByRole('slider', { name: 'Age' })).toHaveAttribute('aria-valuenow', '80')
  await expect.poll(async () => meanDifference(pixels, await facePixels(page))).toBe(0)
  await page.getByRole('button', { name: /^Back to/ }).click()
  await expect(looks.nth(other)).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(async () => meanDifference(chosen, await facePixels(page))).toBe(0)
})
