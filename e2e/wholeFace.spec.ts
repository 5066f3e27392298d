/** The whole face by sliders: lines and face follow while one is dragged, one edit a drag, and the very drawing comes back. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { violations } from './support/axe'
import { latinWords } from './support/latinWords'
import {
  button,
  draw,
  expectSaved,
  faceAfter,
  facePixels,
  inkAmount,
  meanDifference,
  openStudio,
  revision,
  STROKES,
  sketch,
} from './support/studio'

const panel = (page: Page, name = 'Whole face'): Locator => page.getByRole('region', { name, exact: true })
const slider = (page: Page, name: string): Locator => page.getByRole('slider', { name, exact: true })

/** The heading of a panel, by which it is chosen. */
const heading = (page: Page, name: string): Locator => page.locator('label').filter({ hasText: name, has: page.getByRole('radio') })

async function openPanel(page: Page): Promise<void> {
  await heading(page, 'Whole face').click()
  await expect(panel(page)).toBeVisible()
}

/** From the thumb to a share of the track, without letting go. */
async function hold(page: Page, name: string, share: number): Promise<void> {
  const thumb = await slider(page, name).boundingBox()
  const track = await panel(page)
    .locator('.slider', { has: slider(page, name) })
    .boundingBox()
  if (!thumb || !track) throw new Error(`There is no slider ${name}.`)
  const y = thumb.y + thumb.height / 2
  await page.mouse.move(thumb.x + thumb.width / 2, y)
  await page.mouse.down()
  await page.mouse.move(track.x + share * track.width, y, { steps: 6 })
}

async function expectFaceAwayFrom(page: Page, before: Uint8Array, least: number): Promise<void> {
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBeGreaterThan(least)
}

test('a dragged slider moves lines and face as it goes, and is one edit', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  await draw(page, STROKES.hair)
  await openPanel(page)
  const before = await facePixels(page)
  const ink = await inkAmount(page)
  await hold(page, 'Narrow – wide', 0.8)
  await expect(sketch(page)).toHaveAttribute('data-gesture', 'yes')
  // The face follows before the slider is let go of.
  await expectFaceAwayFrom(page, before, 1)
  await expect(sketch(page)).toHaveAttribute('data-gesture', 'yes')
  await page.mouse.up()
  await expect(slider(page, 'Narrow – wide')).toHaveAttribute('aria-valuenow', '0.6')
  await expectSaved(page)
  await expectFaceAwayFrom(page, before, 1)
  // Lines of the mean face that stood in are lines of the drawing now.
  expect(await inkAmount(page)).toBeGreaterThan(1.5 * ink)

  await button(page, 'Undo').click()
  await expect(slider(page, 'Narrow – wide')).toHaveAttribute('aria-valuenow', '0')
  await expect.poll(() => inkAmount(page)).toBe(ink)
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBe(0)
  await button(page, 'Redo').click()
  await expect(slider(page, 'Narrow – wide')).toHaveAttribute('aria-valuenow', '0.6')
})

test('by keyboard, several keys are one edit, and back at 0 the very drawing is there', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const empty = await revision(page)
  await button(page, 'Start from the mean face').click()
  await faceAfter(page, empty)
  await page.getByRole('radio', { name: 'Look' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Whole face' })).toBeFocused()
  const before = await facePixels(page)
  const ink = await inkAmount(page)
  await slider(page, 'Small – large jaw').focus()
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
  await expectFaceAwayFrom(page, before, 0.5)
  await page.keyboard.press('Control+z')
  await expect(slider(page, 'Small – large jaw')).toHaveAttribute('aria-valuenow', '0')
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBe(0)

  await slider(page, 'Younger – older').focus()
  await page.keyboard.press('End')
  await expectFaceAwayFrom(page, before, 0.5)
  await page.keyboard.press('Delete')
  await expect(slider(page, 'Younger – older')).toHaveAttribute('aria-valuenow', '0')
  await expect.poll(() => inkAmount(page)).toBe(ink)
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBe(0)
})

test('every slider changes the face at both ends, and all go back at once', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.leftBrow)
  await draw(page, STROKES.smile)
  await openPanel(page)
  const before = await facePixels(page)
  for (const name of [
    'Younger – older',
    'Female – male',
    'Narrow – wide',
    'Lean – full',
    'Small – large jaw',
    'High – low mouth',
    'Mean – caricature',
  ]) {
    for (const key of ['Home', 'End']) {
      await slider(page, name).focus()
      await page.keyboard.press(key)
      await page.keyboard.press('Tab')
      await expectFaceAwayFrom(page, before, 0.5)
    }
    await button(page, 'Reset').click()
    await expect.poll(async () => meanDifference(before, await facePixels(page))).toBe(0)
  }
  await expect(button(page, 'Reset')).toBeDisabled()
})

test('a random face is chosen, shown as it was offered, and taken back', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  await openPanel(page)
  const before = await facePixels(page)
  const ink = await inkAmount(page)
  await button(page, 'Random faces…').click()
  const dialog = page.getByRole('dialog', { name: 'Random faces' })
  const faces = dialog.getByRole('button', { name: /^Face no\. \d+$/ })
  await expect(faces).toHaveCount(6)
  await expect(dialog.locator('[data-status="shown"]')).toHaveCount(6, { timeout: 60_000 })
  expect(await violations(page)).toEqual([])
  const first = await faces.first().innerText()
  await button(page, 'Others').click()
  await expect(faces.first()).not.toHaveText(first)
  await expect(dialog.locator('[data-status="shown"]')).toHaveCount(6, { timeout: 60_000 })

  const chosen = faces.nth(3)
  const name = await chosen.innerText()
  const offered = await chosen.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    return [...data]
  })
  await chosen.focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(panel(page)).toContainText(name.replace('Face', 'face'))
  await expect.poll(async () => meanDifference(Uint8Array.from(offered), await facePixels(page))).toBeLessThan(0.01)
  expect(await inkAmount(page)).toBeGreaterThan(2 * ink)
  await expectSaved(page)

  await button(page, 'Undo').click()
  await expect.poll(() => inkAmount(page)).toBe(ink)
  await expect.poll(async () => meanDifference(before, await facePixels(page))).toBe(0)
  await expect(panel(page)).not.toContainText('no.')
})

for (const scheme of ['light', 'dark'] as const) {
  test(`has nothing that axe finds, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await openStudio(page)
    await openPanel(page)
    expect(await violations(page)).toEqual([])
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('is in the sheet of the look, under the face', async ({ page }) => {
    await openStudio(page, { liveOnly: true })
    await button(page, 'Look').click()
    await heading(page, 'Whole face').tap()
    const sheet = page.getByRole('dialog', { name: 'Whole face' })
    await expect(sheet).toBeVisible()
    const before = await facePixels(page)
    await slider(page, 'Lean – full').focus()
    await page.keyboard.press('End')
    await expectFaceAwayFrom(page, before, 0.5)
    expect(await violations(page)).toEqual([])
    const small = await sheet
      .locator('button, .panel-choice span')
      .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 40).length)
    expect(small).toBe(0)
    await heading(page, 'Look').tap()
    await expect(page.getByRole('dialog', { name: 'Look' })).toBeVisible()
  })
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('speaks it throughout', async ({ page }) => {
    await openStudio(page)
    await heading(page, '整脸').click()
    await expect(panel(page, '整脸')).toBeVisible()
    await slider(page, '年轻 – 年长').focus()
    await page.keyboard.press('End')
    await expect(button(page, '复位')).toBeEnabled()
    await expect(button(page, '撤销')).toBeEnabled()
    expect(await latinWords(page)).toEqual([])
    await button(page, '随机人脸…').click()
    await expect(page.getByRole('dialog', { name: '随机人脸' }).getByRole('button', { name: /^第 \d+ 号人脸$/ })).toHaveCount(6)
    expect(await latinWords(page)).toEqual([])
  })
})
