/** What the journeys do with the studio, through nothing but what a person or an assistive device can reach. */

import { expect, type Locator, type Page, type Route } from '@playwright/test'

export type Point = readonly [number, number]

/** Every journey runs on the back end that all machines have. */
const START = '/?backend=wasm'

/** Strokes in sketch pixels, near the mean face's parts. */
export const STROKES = {
  mouth: [
    [205, 392],
    [230, 402],
    [256, 406],
    [283, 402],
    [308, 391],
  ],
  smile: [
    [200, 385],
    [228, 408],
    [256, 416],
    [285, 408],
    [314, 384],
  ],
  leftBrow: [
    [142, 214],
    [168, 203],
    [195, 208],
    [220, 220],
  ],
  hair: [
    [100, 250],
    [96, 160],
    [150, 75],
    [256, 42],
    [362, 75],
    [416, 160],
    [412, 250],
  ],
} as const satisfies Record<string, readonly Point[]>

export const sketch = (page: Page): Locator => page.getByRole('application')
/** The result, in whichever language. */
export const face = (page: Page): Locator => page.locator('canvas[data-revision]')
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })

interface OpenOptions {
  /** As if only models for every stroke were installed: no finer face takes the place of a picture that is being measured. */
  readonly liveOnly?: boolean
}

/** Loads the studio and waits for its first face. */
export async function openStudio(page: Page, { liveOnly = false }: OpenOptions = {}): Promise<void> {
  if (liveOnly) await page.route('**/models/index.json', offerLiveOnly)
  await page.goto(START)
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
}

async function offerLiveOnly(route: Route): Promise<void> {
  const response = await route.fetch()
  const index = (await response.json()) as ModelIndex
  await route.fulfill({ response, json: { ...index, models: index.models.filter(({ role = 'live' }) => role === 'live') } })
}

interface ModelIndex {
  readonly default: string
  readonly models: readonly { readonly id: string; readonly role?: string }[]
}

/** Ids of the shipped models of a role. */
export async function modelsOf(page: Page, role: string): Promise<string[]> {
  const index = (await (await page.request.get('/models/index.json')).json()) as ModelIndex
  return index.models.filter((model) => (model.role ?? 'live') === role).map(({ id }) => id)
}

export async function revision(page: Page): Promise<number> {
  return Number(await face(page).getAttribute('data-revision'))
}

/** Waits for the face of a later revision, and for the last one asked for. */
export async function faceAfter(page: Page, before: number): Promise<number> {
  await expect.poll(() => revision(page), { timeout: 30_000 }).toBeGreaterThan(before)
  return revision(page)
}

/** Where a place of the sketch is on the screen. */
export async function onScreen(page: Page, [x, y]: Point): Promise<[number, number]> {
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  return [box.x + (x / 512) * box.width, box.y + (y / 512) * box.height]
}

/** Draws with the mouse, without waiting for the face. */
export async function drag(page: Page, points: readonly Point[], steps = 4): Promise<void> {
  const [first, ...rest] = points
  if (!first) return
  await page.mouse.move(...(await onScreen(page, first)))
  await page.mouse.down()
  for (const point of rest) await page.mouse.move(...(await onScreen(page, point)), { steps })
  await page.mouse.up()
}

/** Draws a stroke and waits until the face shows it. */
export async function draw(page: Page, points: readonly Point[]): Promise<number> {
  const before = await revision(page)
  await drag(page, points)
  return faceAfter(page, before)
}

/** RGBA of the face as shown. */
export async function facePixels(page: Page): Promise<Uint8Array> {
  const encoded = await face(page).evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return ''
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
    const chunks: string[] = []
    for (let i = 0; i < data.length; i += 4096) chunks.push(String.fromCharCode(...data.subarray(i, i + 4096)))
    return btoa(chunks.join(''))
  })
  return Buffer.from(encoded, 'base64')
}

/** Mean absolute difference of two pictures, in 1/255. */
export function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBeGreaterThan(0)
  expect(a.length).toBe(b.length)
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length
}

/** Dark pixels on the layer of committed ink: 0 on an empty page. */
export async function inkAmount(page: Page): Promise<number> {
  return sketch(page).evaluate(async (surface) => {
    // Ink is painted in the next frames.
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
    const canvas = surface.querySelectorAll('canvas')[1]
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let dark = 0
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 128) dark++
    return dark
  })
}

export async function expectSaved(page: Page, text = 'Saved on this device'): Promise<void> {
  await expect(page.getByText(text, { exact: true })).toBeVisible()
}

/** Puts a file on the page as if it had been dropped there. */
export async function dropFile(page: Page, file: { name: string; mime: string; bytes: Uint8Array }): Promise<void> {
  const encoded = Buffer.from(file.bytes).toString('base64')
  await page.evaluate(
    async ({ name, mime, data }) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], name, { type: mime }))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    { name: file.name, mime: file.mime, data: encoded },
  )
}
