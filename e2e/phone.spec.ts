/** A phone in the hand: fingers draw, two of them zoom, everything is within reach, nothing scrolls sideways; and the same in the dark. */
import { expect, type Page, test } from '@playwright/test'
import { button, face, faceAfter, inkAmount, openStudio, revision, sketch } from './support/studio'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })

type Finger = { x: number; y: number }

async function touch(page: Page, frames: readonly (readonly Finger[])[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Finger[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: fingers.map((finger, id) => ({ ...finger, id })) })
  await send('touchStart', frames[0] ?? [])
  for (const fingers of frames.slice(1)) await send('touchMove', fingers)
  await send('touchEnd', [])
  await session.detach()
}

async function middleOfPage(page: Page): Promise<Finger> {
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('draws with a finger and zooms with two', async ({ page }) => {
  await openStudio(page)
  const { x, y } = await middleOfPage(page)
  const before = await revision(page)
  await touch(
    page,
    Array.from({ length: 12 }, (_, i) => [{ x: x - 60 + 10 * i, y: y + 90 + 6 * Math.sin(i) }]),
  )
  await faceAfter(page, before)
  const ink = await inkAmount(page)
  expect(ink).toBeGreaterThan(50)

  // The second finger drops what the first has begun.
  await touch(page, [
    [{ x: x - 30, y }],
    [
      { x: x - 30, y },
      { x: x + 30, y },
    ],
    ...Array.from({ length: 8 }, (_, i) => [
      { x: x - 30 - 8 * i, y },
      { x: x + 30 + 8 * i, y },
    ]),
  ])
  const zoom = page.locator('.page-zoom')
  await expect(zoom).toBeVisible()
  expect(Number.parseInt(await zoom.innerText(), 10)).toBeGreaterThan(150)
  await button(page, 'Tool options').click()
  await button(page, 'Fit the page').click()
  await expect(zoom).toBeHidden()
  await expect.poll(() => inkAmount(page)).toBe(ink)
})

test('shows page and face together, large enough for fingers, without scrolling sideways', async ({ page }) => {
  await openStudio(page)
  for (const square of [sketch(page), face(page)]) {
    const box = await square.boundingBox()
    expect(box?.width).toBeGreaterThan(250)
    expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThanOrEqual(844)
  }
  const layout = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    small: [...document.querySelectorAll<HTMLElement>('button')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ name: element.getAttribute('aria-label') ?? element.textContent, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 40 || box.height < 40)
      .map(({ name }) => name),
  }))
  expect(layout.overflow).toBeLessThanOrEqual(0)
  expect(layout.small).toEqual([])
  await button(page, 'Look').click()
  await expect(page.getByRole('dialog', { name: 'Look' })).toBeVisible()
  await page.getByRole('group', { name: 'Looks' }).getByRole('button').nth(2).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('enlarges the face within the screen, upright and on its side', async ({ page }) => {
  await openStudio(page)
  for (const [width, height, least] of [
    [390, 844, 340],
    [844, 390, 290],
  ] as const) {
    await page.setViewportSize({ width, height })
    await button(page, 'Enlarge').click()
    const box = await page.getByRole('dialog', { name: 'Enlarged face' }).locator('.enlarged-face').boundingBox()
    if (!box) throw new Error('There is no enlarged face.')
    expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(width)
    expect(box.y + box.height).toBeLessThanOrEqual(height)
    expect(box.width).toBeGreaterThan(least)
    await page.keyboard.press('Escape')
  }
})

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' })

  test('the paper stays light enough for the ink', async ({ page }) => {
    await openStudio(page)
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    const colours = await sketch(page).evaluate((surface) => {
      const style = getComputedStyle(surface)
      return [style.getPropertyValue('--paper'), style.getPropertyValue('--ink'), style.getPropertyValue('--bg')]
    })
    const [paper = 0, ink = 1, surroundings = 1] = colours.map(luminance)
    expect((paper + 0.05) / (ink + 0.05)).toBeGreaterThan(10)
    expect(surroundings).toBeLessThan(0.05)
  })
})

/** Relative luminance of a hex colour (WCAG 2). */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.trim().slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
