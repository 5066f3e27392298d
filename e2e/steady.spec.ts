/** The page does not move under a person's hand while it comes up, and everything on it has a name. */
import { expect, type Page, test } from '@playwright/test'
import { drag, face, STROKES } from './support/studio'

const MOST_SHIFT = 0.05

/** Layout shifts that nobody asked for (Web Vitals), from the very first paint. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { sum: 0 }
    Object.assign(window, { shifts: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) seen.sum += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)
}

/** Controls without a name for assistive devices, by their markup. */
const nameless = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, [role="slider"], [role="switch"], [role="application"], [tabindex="0"]',
    )
    const nameOf = (element: HTMLElement): string => {
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent) : []
      const referred = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
      return [element.getAttribute('aria-label'), ...referred, ...labels, element.textContent, element.getAttribute('title')]
        .join('')
        .trim()
    }
    return [...controls]
      .filter((element) => element.checkVisibility() && nameOf(element) === '')
      .map((element) => element.outerHTML.slice(0, 160))
  })

for (const [name, viewport] of [
  ['a desk', { width: 1440, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const) {
  test(`on ${name} nothing shifts from the first paint to a drawn stroke, and every control has a name`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const shifts = await watchShifts(page)
    await page.goto('/?backend=wasm')
    await expect(face(page)).toBeVisible({ timeout: 60_000 })
    await drag(page, STROKES.smile)
    await drag(page, STROKES.hair)
    await page.waitForTimeout(1500)
    expect(await shifts()).toBeLessThan(MOST_SHIFT)
    expect(await nameless(page)).toEqual([])
  })
}

test('the watch sees a shift: a page that is pushed down counts', async ({ page }) => {
  const shifts = await watchShifts(page)
  await page.goto('/?backend=wasm')
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  const before = await shifts()
  await page.evaluate(() => {
    const block = document.createElement('div')
    block.style.height = '200px'
    document.body.prepend(block)
  })
  await expect.poll(shifts).toBeGreaterThan(before + MOST_SHIFT)
})
