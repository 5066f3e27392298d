/** Nothing is lost: a page that is killed, a tab that is closed mid-stroke, a worker that dies. */
import { expect, type Page, test } from '@playwright/test'
import { drag, draw, face, faceAfter, inkAmount, openStudio, revision, STROKES, sketch } from './support/studio'

async function killPage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  // The answer never comes: the renderer is gone.
  session.send('Page.crash').catch(() => undefined)
  await crashed
}

test('a killed page comes back with everything but the stroke under the pen', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await draw(page, STROKES.leftBrow)
  const ink = await inkAmount(page)
  await drag(page, STROKES.hair.slice(0, 1))
  await page.mouse.down()
  await page.mouse.move(700, 300, { steps: 5 })
  await killPage(page)

  const again = await context.newPage()
  await openStudio(again)
  // A dot, if anything, is more or less: the pen went down twice at one place.
  expect(Math.abs((await inkAmount(again)) - ink)).toBeLessThan(30)
})

test('a stroke is safe before the next one, without waiting for anything', async ({ page, context }) => {
  await openStudio(page)
  await drag(page, STROKES.smile)
  await page.mouse.down()
  await page.mouse.move(500, 300, { steps: 3 })
  await killPage(page)
  const again = await context.newPage()
  await openStudio(again)
  expect(await inkAmount(again)).toBeGreaterThan(100)
})

test('a worker that dies is replaced, and the drawing does not notice', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  const worker = page.workers()[0]
  if (!worker) throw new Error('There is no worker.')
  await worker.evaluate(() => self.close())
  const before = await revision(page)
  await drag(page, STROKES.leftBrow)

  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The face generator stopped')
  await expect(alert).toContainText('Your drawing is safe')
  await expect(alert.getByRole('button', { name: 'Try the next back end' })).toBeVisible()
  await faceAfter(page, before)
  expect(await inkAmount(page)).toBeGreaterThan(ink)

  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toBeHidden()
  await expect(sketch(page)).toBeVisible()
})

test('a model that is not there says so, and drawing goes on', async ({ page }) => {
  await page.goto('/?backend=wasm&model=no-such-model')
  await expect(page.getByRole('alert')).toContainText('The model is missing')
  await expect(face(page)).toHaveCount(0)
  await drag(page, STROKES.smile)
  expect(await inkAmount(page)).toBeGreaterThan(100)
})

test('without a place to save it says so, and drawing goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { get: () => undefined })
  })
  await openStudio(page)
  await expect(page.getByText('Saving is switched off here')).toBeVisible()
  await expect(page.locator('.toast')).toContainText('export before you close the tab')
  await draw(page, STROKES.smile)
  expect(await inkAmount(page)).toBeGreaterThan(100)
})

test('a sketch that is open in another tab comes up as a copy', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  const second = await context.newPage()
  await openStudio(second)
  await expect(second.locator('.toast')).toContainText('open in another tab')
  expect(await inkAmount(second)).toBe(ink)
  await draw(second, STROKES.hair)
  expect(await inkAmount(page)).toBe(ink)
})
