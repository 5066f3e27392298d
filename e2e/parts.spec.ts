/** Parts of the face as a person sees them: named while one draws, corrected by a click, and what stands in from the mean face, each to be left out. */
import { expect, test } from '@playwright/test'
import { button, drag, draw, faceAfter, facePixels, meanDifference, openStudio, revision, STROKES, sketch } from './support/studio'

test('a stroke is named while it is drawn and hovered over, and corrected by one click', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const tag = page.locator('.part-tag')
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  const to = async (x: number, y: number): Promise<void> =>
    page.mouse.move(box.x + (x / 512) * box.width, box.y + (y / 512) * box.height, { steps: 4 })
  await to(145, 214)
  await page.mouse.down()
  for (const [x, y] of [
    [168, 208],
    [195, 209],
    [230, 222],
  ] as const) {
    await to(x, y)
  }
  await expect(tag).toHaveText('Left brow')
  await page.mouse.up()

  await button(page, 'No: Left eye').click()
  await expect(tag.locator('.part-name')).toHaveText('Left eye')
  await button(page, 'Another part').click()
  await page.getByRole('menuitemradio', { name: 'Hair' }).click()
  await expect(tag.locator('.part-name')).toHaveText('Hair')
  await button(page, 'Undo').click()
  await button(page, 'Undo').click()

  await drag(page, STROKES.mouth)
  await to(168, 208)
  await expect(tag).toHaveText('Left brow')
  await to(256, 300)
  await expect(tag.locator('.part-name')).toHaveText('Mouth')
})

test('what stands in is shown, also without the mean face underneath, and can be left out and brought back', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const chips = page.getByRole('group', { name: 'From the mean face, until you draw it' })
  await expect(chips.getByRole('button')).toHaveCount(7)
  await draw(page, STROKES.leftBrow)
  await expect(chips.getByRole('button')).toHaveText(['Jaw', 'Right brow', 'Nose', 'Left eye', 'Right eye', 'Mouth'])
  await button(page, 'Mean face underneath').click()
  const bluePixels = (): Promise<number> =>
    sketch(page).evaluate(async (surface) => {
      for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
      const canvas = surface.querySelector('canvas')
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let blue = 0
      for (let i = 0; i < data.length; i += 4) if ((data[i + 2] ?? 0) - (data[i] ?? 0) > 40) blue++
      return blue
    })
  const all = await bluePixels()
  expect(all).toBeGreaterThan(500)

  const withMouth = await facePixels(page)
  const before = await revision(page)
  const mouth = chips.getByRole('button', { name: 'Mouth' })
  await mouth.click()
  await faceAfter(page, before)
  await expect(mouth).toHaveAttribute('aria-pressed', 'false')
  const less = await bluePixels()
  expect(less).toBeLessThan(all - 50)
  expect(meanDifference(withMouth, await facePixels(page))).toBeGreaterThan(0.1)

  await page.reload()
  await expect(mouth).toHaveAttribute('aria-pressed', 'false')
  await mouth.click()
  await expect(mouth).toHaveAttribute('aria-pressed', 'true')
  await button(page, 'Undo').click()
  await expect(mouth).toHaveAttribute('aria-pressed', 'false')
})
