/** The studio itself in headless Chromium: page load → first face, pen-up → face, and whether the pen ever waits on a full page. */

import { resolve } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../scripts/findChromium.mjs'
import { serve } from '../scripts/server.mjs'
import { isSoftwareRenderer } from '../src/inference/software'
import type { Backend } from '../src/workers/protocol'
import { installProbe, type Probe } from './probe'
import { rounded, type Spread, spread } from './statistics'

const STROKES_ON_PAGE = 300
const FACE_TIMEOUT_MS = 180_000
/** Strokes before the measured ones, for compilers to settle. */
const WARM_UP = 3

export interface BackendReport {
  pageLoadToFirstFaceMs: Spread
  /** Until a first stroke can be drawn, whether or not there is a face yet. */
  pageLoadToFirstStrokeMs: Spread
  penUpToFaceMs: Spread
  /** What the worker says a face takes. */
  workerMs: Spread
  /** Of the pen-up median to the baseline operation. */
  ratio: number | null
  /** Bytes that the first page load fetched, as they were sent. */
  pageBytes: number
  drawing: DrawingReport
}

interface DrawingReport {
  strokesOnPage: number
  /** Main-thread tasks over 50 ms while drawing, and the longest of them; null when there was none. */
  tasksOver50Ms: number
  longestTaskMs: number | null
  longestFrameGapMs: number
}

export interface BrowserReport {
  chromium: string
  adapters: { webgpu: string | null; webgl: string | null }
  backends: Partial<Record<Backend, BackendReport | { error: string }>>
}

interface BrowserOptions {
  root: string
  backends: readonly Backend[] | null
  modelId: string | null
  repeats: number
  baselineMs: number | null
  log: (message: string) => void
}

declare global {
  interface Window {
    faceBench: Probe
  }
}

export async function benchBrowser(options: BrowserOptions): Promise<BrowserReport> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(NO_CHROMIUM)
  const server = await serve(resolve(options.root, 'dist'), 0)
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: ['--enable-unsafe-webgpu', ...sandbox] })
  try {
    const origin = `http://localhost:${server.port}/`
    const adapters = await namesOfAdapters(browser, origin)
    const report: BrowserReport = { chromium: browser.version(), adapters, backends: {} }
    for (const backend of options.backends ?? defaultBackends(adapters)) {
      options.log(`browser, ${backend} …`)
      report.backends[backend] = await benchBackend(browser, addressOf(origin, backend, options.modelId), options).catch(
        (error: unknown) => ({
          error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        }),
      )
    }
    return report
  } finally {
    await browser.close()
    await server.close()
  }
}

function addressOf(origin: string, backend: Backend, modelId: string | null): string {
  return `${origin}?${new URLSearchParams({ backend, ...(modelId ? { model: modelId } : {}) })}`
}

function defaultBackends({ webgpu, webgl }: BrowserReport['adapters']): Backend[] {
  const isHardware = (name: string | null) => name !== null && !isSoftwareRenderer(name)
  return [...(isHardware(webgpu) ? (['webgpu'] as const) : []), ...(isHardware(webgl) ? (['webgl'] as const) : []), 'wasm']
}

/** What the drivers call themselves; a fallback adapter says so. */
async function namesOfAdapters(browser: Browser, origin: string): Promise<BrowserReport['adapters']> {
  const page = await browser.newPage()
  await page.goto(`${origin}licences.txt`)
  const names = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter().catch(() => null)
    const { vendor = '', architecture = '', description = '' } = adapter?.info ?? {}
    const fallback = adapter?.info.isFallbackAdapter ? ' (software)' : ''
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
    const debug = gl?.getExtension('WEBGL_debug_renderer_info')
    return {
      webgpu: adapter ? `${[vendor, architecture, description].filter(Boolean).join(' ')}${fallback}` : null,
      webgl: gl ? String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : null,
    }
  })
  await page.close()
  return names
}

async function benchBackend(browser: Browser, address: string, options: BrowserOptions): Promise<BackendReport> {
  const loads: number[] = []
  const drawable: number[] = []
  let pageBytes = 0
  for (let i = 0; i < Math.max(3, Math.round(options.repeats / 5)); i++) {
    const { context, page, firstFaceMs, bytes } = await openStudio(browser, address)
    loads.push(firstFaceMs)
    const drawableMs = await page.evaluate(() => window.faceBench.drawableMs())
    if (drawableMs !== null) drawable.push(drawableMs)
    if (i === 0) pageBytes = await bytes()
    await context.close()
  }
  const { context, page } = await openStudio(browser, address)
  const faces = await measureStrokes(page, options.repeats)
  const drawing = await measureDrawing(page)
  await context.close()
  const penUpToFaceMs = spread(faces.map(({ ms }) => ms))
  return {
    pageLoadToFirstFaceMs: spread(loads),
    pageLoadToFirstStrokeMs: spread(drawable),
    penUpToFaceMs,
    workerMs: spread(faces.map(({ workerMs }) => workerMs)),
    ratio: options.baselineMs === null ? null : rounded(penUpToFaceMs.median / options.baselineMs),
    pageBytes,
    drawing,
  }
}

interface OpenStudio {
  context: BrowserContext
  page: Page
  firstFaceMs: number
  bytes: () => Promise<number>
}

export async function openStudio(browser: Browser, address: string): Promise<OpenStudio> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const sizes: Promise<number>[] = []
  context.on('requestfinished', (request) =>
    sizes.push(
      request.sizes().then(
        ({ responseBodySize }) => responseBodySize,
        () => 0,
      ),
    ),
  )
  const page = await context.newPage()
  await page.addInitScript(installProbe)
  await page.goto(address)
  await page.waitForFunction(() => window.faceBench.faces.length > 0, undefined, { timeout: FACE_TIMEOUT_MS })
  const firstFaceMs = await page.evaluate(() => window.faceBench.faces[0]?.at ?? Number.NaN)
  const bytes = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return { context, page, firstFaceMs, bytes }
}

/** A slanted stroke somewhere on the page, the n-th one. */
async function draw(page: Page, n: number, moves: number): Promise<void> {
  const surface = page.getByLabel('Sketch', { exact: true })
  const box = await surface.boundingBox()
  if (!box) throw new Error('The drawing surface "Sketch" is not on the page.')
  const side = Math.min(box.width, box.height)
  const x = box.x + (box.width - side) / 2 + side * (0.2 + 0.5 * ((n * 0.381966) % 1))
  const y = box.y + (box.height - side) / 2 + side * (0.2 + 0.55 * ((n * 0.618034) % 1))
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + side * 0.1, y + side * 0.04, { steps: moves })
  await page.mouse.up()
}

export async function measureStrokes(page: Page, repeats: number): Promise<{ ms: number; workerMs: number }[]> {
  const measured: { ms: number; workerMs: number }[] = []
  for (let n = 0; n < repeats + WARM_UP; n++) {
    const before = await page.evaluate(() => window.faceBench.revision())
    await draw(page, n, 12)
    const found = (revision: number) => window.faceBench.faceAfter(revision) !== null
    await page.waitForFunction(found, before, { timeout: FACE_TIMEOUT_MS })
    const face = await page.evaluate((revision) => window.faceBench.faceAfter(revision), before)
    if (face && n >= WARM_UP) measured.push({ ms: face.sincePenUpMs, workerMs: face.workerMs })
    await page.waitForTimeout(60)
  }
  return measured
}

/** Long strokes on a page that is already full, with the generator at work behind. */
async function measureDrawing(page: Page): Promise<DrawingReport> {
  for (let n = 0; n < STROKES_ON_PAGE; n++) await draw(page, n, 3)
  await page.waitForTimeout(1500)
  await page.evaluate(() => window.faceBench.watchTasks())
  for (let n = 0; n < 10; n++) {
    await draw(page, n + 0.5, 40)
    await page.waitForTimeout(100)
  }
  await page.waitForTimeout(500)
  const { tasks, longestFrameGapMs } = await page.evaluate(() => window.faceBench.watched())
  return {
    strokesOnPage: STROKES_ON_PAGE,
    tasksOver50Ms: tasks.length,
    longestTaskMs: tasks.length > 0 ? rounded(Math.max(...tasks)) : null,
    longestFrameGapMs: rounded(longestFrameGapMs),
  }
}
