/** Screens as they are: phones either way up, zoomed text, sharper displays, contrast themes, paper. */
import { expect, type Locator, type Page, test } from '@playwright/test'
import { button, draw, dropFile, openStudio, STROKES, sketch } from './support/studio'

/** Controls that something else lies over, or that are out of the window. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, [role=application], input, select')]
      .filter((element) => element.checkVisibility() && !element.classList.contains('skip'))
      .filter((element) => {
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        const { left, right, top, height } = element.getBoundingClientRect()
        return [left + 4, (left + right) / 2, right - 4].some((x) => {
          const hit = document.elementFromPoint(x, top + height / 2)
          return !hit || !(element.contains(hit) || (hit.contains(element) && hit.closest('label')))
        })
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? element.outerHTML.slice(0, 60)),
  )
}

test.describe('small windows', () => {
  test.use({ hasTouch: true })

  test('no control is covered, on phones either way up, tablets and zoomed text', async ({ page }) => {
    await openStudio(page, { liveOnly: true })
    for (const [width, height] of [
      [844, 390],
      [667, 375],
      [568, 320],
      [427, 240],
      [320, 256],
      [390, 844],
      [320, 568],
      [820, 1180],
      [1024, 768],
      [768, 1024],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => sketch(page).evaluate(() => window.innerWidth)).toBe(width)
      // A hint over its neighbour is no cover.
      await page.mouse.move(1, 1)
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await expect(page.getByRole('tooltip')).toHaveCount(0)
      await page.waitForTimeout(400)
      expect(await covered(page), `${width} × ${height}`).toEqual([])
      const enlarge = button(page, 'Enlarge')
      await enlarge.click()
      await expect(page.getByRole('dialog', { name: 'Enlarged face' })).toBeVisible()
      await page.keyboard.press('Escape')
    }
  })
})

test('on a tablet the tools end above the edge, and looks are within reach', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 })
  await openStudio(page, { liveOnly: true })
  const rail = await page.getByRole('toolbar', { name: 'Tools' }).boundingBox()
  expect((rail?.y ?? 9999) + (rail?.height ?? 9999)).toBeLessThanOrEqual(1180)
  const looks = page.getByRole('group', { name: 'Looks' }).getByRole('button')
  await expect(looks.last()).toBeInViewport()
})

test('on a tablet a notice leaves the tools free, and everything about the face scrolls together', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 })
  await openStudio(page, { liveOnly: true })
  await dropFile(page, { name: 'broken.svg', mime: 'image/svg+xml', bytes: new TextEncoder().encode('<svg><<') })
  const notice = await page.locator('.toast').boundingBox()
  const rail = await page.getByRole('toolbar', { name: 'Tools' }).boundingBox()
  expect((notice?.y ?? 9999) + (notice?.height ?? 9999)).toBeLessThan(rail?.y ?? 0)
  const scrollers = await page
    .locator('.beside, .beside *')
    .evaluateAll((elements) =>
      elements
        .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight)
        .map(({ className }) => className),
    )
  expect(scrollers).toEqual(['beside'])
})

test('the paper follows the theme at once', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  const paper = (): Promise<number> =>
    sketch(page).evaluate((surface) => {
      const canvas = surface.querySelector('canvas')
      return canvas?.getContext('2d')?.getImageData(20, canvas.height - 60, 1, 1).data[0] ?? 0
    })
  expect(await paper()).toBeGreaterThan(245)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(paper).toBeLessThan(235)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(paper).toBeGreaterThan(245)
})

test('the page is as sharp as the screen that the window is on', async ({ page, context }) => {
  await openStudio(page, { liveOnly: true })
  const ratio = (): Promise<number> =>
    sketch(page).evaluate((surface) => {
      const canvas = surface.querySelectorAll('canvas')[1]
      return canvas ? canvas.width / canvas.getBoundingClientRect().width : 0
    })
  expect(await ratio()).toBeCloseTo(1, 1)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setDeviceMetricsOverride', { width: 1440, height: 900, deviceScaleFactor: 2, mobile: false })
  // The emulation tells nobody of the change, as a real screen does; a pointer over the page finds it.
  await page.mouse.move(400, 400)
  await expect.poll(ratio).toBeCloseTo(2, 1)
  await session.send('Emulation.setDeviceMetricsOverride', { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false })
  await page.mouse.move(410, 400)
  await expect.poll(ratio).toBeCloseTo(1, 1)
})

test('labels do not lie over one another at 1440', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.mouth)
  const overlaps = await page.evaluate(() => {
    const texts = [...document.querySelectorAll<HTMLElement>('.field-label, .field-value, .look-name, h2, .button, .chip, .options-hint')]
      .filter((element) => element.checkVisibility() && element.innerText.trim() !== '')
      .map((element) => {
        const range = document.createRange()
        range.selectNodeContents(element)
        const inner = range.getBoundingClientRect()
        const outer = element.getBoundingClientRect()
        // What is cut off by its box does not show.
        const right = Math.min(inner.right, getComputedStyle(element).overflow === 'hidden' ? outer.right : inner.right)
        return { text: element.innerText, left: inner.left, right, top: inner.top, bottom: inner.bottom }
      })
    return texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
        .map((b) => `${a.text} | ${b.text}`),
    )
  })
  expect(overlaps).toEqual([])
})

test.describe('contrast themes', () => {
  test.use({ forcedColors: 'active', colorScheme: 'dark' })

  test('what is on looks different from what is off', async ({ page }) => {
    await openStudio(page, { liveOnly: true })
    const picture = async (locator: Locator): Promise<string> => {
      await page.mouse.move(720, 898)
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      return (await locator.screenshot({ animations: 'disabled' })).toString('base64')
    }
    const nose = page.getByRole('button', { name: 'Nose', exact: true })
    const looks = page.getByRole('group', { name: 'Looks' }).getByRole('button')
    // A sketch begins with a look of its own.
    await looks.nth(0).click()
    await expect(looks.nth(0)).toHaveAttribute('aria-pressed', 'true')
    const changes: readonly [Locator, () => Promise<void>][] = [
      [button(page, 'Pen'), () => page.keyboard.press('e')],
      [button(page, 'Mirror symmetry'), () => page.keyboard.press('x')],
      [button(page, 'Hold the rest'), () => page.keyboard.press('k')],
      [nose, () => nose.click()],
      [looks.nth(0), () => looks.nth(2).click()],
    ]
    for (const [control, change] of changes) {
      const before = await picture(control)
      await change()
      await expect.poll(() => picture(control)).not.toBe(before)
    }
    // Under the pointer it stays as it is: its sign must not drown in the pointer's background.
    const mirror = button(page, 'Mirror symmetry')
    const background = (): Promise<string> => mirror.evaluate((element) => getComputedStyle(element).backgroundColor)
    const on = await background()
    await mirror.hover()
    expect(await background()).toBe(on)
    await page.keyboard.press('x')
    await page.mouse.move(720, 898)
    expect(await background()).not.toBe(on)
  })
})

test.describe('on paper', () => {
  test('are the name, the sketch and the face, whole, and not the interface', async ({ page }) => {
    await openStudio(page, { liveOnly: true })
    await draw(page, STROKES.mouth)
    await page.getByRole('textbox', { name: 'Name of this drawing' }).fill('Ada')
    await page.keyboard.press('Enter')
    await page.emulateMedia({ media: 'print' })
    // A4 upright at 96 dots an inch.
    await page.setViewportSize({ width: 794, height: 1123 })
    await expect(page.locator('.print-name')).toHaveText('Ada')
    await expect(page.getByRole('toolbar', { name: 'Tools' })).toBeHidden()
    await expect(page.getByRole('banner')).toBeHidden()
    const boxes = await Promise.all([page.locator('.surface').boundingBox(), page.locator('.face-view').first().boundingBox()])
    for (const box of boxes) {
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(794)
      expect(box?.width).toBeGreaterThan(300)
      expect(box?.height).toBeCloseTo(box?.width ?? 0, -1)
    }
    const caption = (selector: string): Promise<string> =>
      page.locator(selector).evaluate((element) => getComputedStyle(element, '::after').content)
    expect(await caption('.page')).toContain('Sketch')
    expect(await caption('.studio > .face')).toContain('Generated face')
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000)
  })
})
