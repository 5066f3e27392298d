/** A page as full as a file may make it, in headless Chromium: how long it takes to come in, to be there after a reload, and to be drawn on. */

import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../scripts/findChromium.mjs'
import { serve } from '../scripts/server.mjs'
import { installProbe } from './probe'
import { rounded, type Spread, spread } from './statistics'

/** The most that the importer takes (`storage/exchange/types.ts`). */
export const CROWDED = { strokes: 5_000, points: 200_000 } as const
const VIEWPORT = { width: 1280, height: 900 }
/** Reloads, each when the face before has come. */
const STARTS = 7
const TIMEOUT_MS = 180_000
/** Long strokes drawn on the page, and the pause after each. */
const DRAWN = { strokes: 12, moves: 40, pauseMs: 150 } as const

interface Work {
  /** From the beginning until all of the drawing is on the screen, by the clock. */
  readonly readyMs: number
  /** Processor time of the main thread in that time, whatever else the machine does. */
  readonly mainThreadMs: number
  /** Longest task of the main thread by the clock; 0 when none took 50 ms. */
  readonly longestTaskMs: number
}

interface Starts {
  readonly readyMs: Spread
  readonly mainThreadMs: Spread
  readonly longestTaskMs: Spread
}

export interface CrowdedReport {
  readonly strokes: number
  readonly points: number
  readonly chromium: string
  /** The studio with an empty page, for comparison. */
  readonly emptyStart: Starts
  readonly import: Work
  readonly reload: Starts
  readonly drawing: {
    /** Processor time of the main thread. */
    readonly mainThreadMsPerStroke: number
    readonly frameMs: Spread
    readonly longestFrameMs: number
    readonly tasksOver50Ms: number
    readonly longestTaskMs: number
  }
  /** The same on an empty page. */
  readonly drawingOnEmpty: CrowdedReport['drawing']
}

/** A project of wavy lines all over the page, the last of them a mark in a place that is free otherwise. */
export function crowdedProject({ strokes: count, points } = CROWDED): string {
  const perStroke = Math.floor(points / count)
  const strokes = Array.from({ length: count }, (_, i) => {
    const isMark = i === count - 1
    const [x, y] = isMark ? [482, 6] : [10 + ((i * 37) % 400), 30 + ((i * 61) % 450)]
    const at = (k: number) => [
      x + (isMark ? 20 : 60) * (k / perStroke),
      y + (isMark ? 0 : 10 * Math.sin(k / 4 + i)),
      0.5 + 0.3 * Math.sin(k / 7),
    ]
    return {
      id: `stroke-${i}`,
      part: 'hair',
      partIsChosen: false,
      widthPx: isMark ? 6 : 2,
      usesPressure: true,
      points: Array.from({ length: perStroke }, (_, k) => at(k)).flat(),
    }
  })
  const document = { version: 1, id: 'crowded', name: 'Crowded', tags: [], strokes }
  return JSON.stringify({ format: 'face-studio-project', version: 1, look: {}, document })
}

/** @param dist the built studio */
export async function benchCrowded(dist: string, log: (message: string) => void): Promise<CrowdedReport> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(NO_CHROMIUM)
  const server = await serve(dist, 0)
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: ['--enable-unsafe-webgpu', ...sandbox] })
  try {
    const address = `http://localhost:${server.port}/?backend=wasm`
    const context = await browser.newContext({ viewport: VIEWPORT })
    const page = await context.newPage()
    await page.addInitScript(installProbe)
    // What the first visit alone costs (compiling, fetching) is no matter of the drawing.
    await page.goto(address)
    await firstFace(page)
    log('crowded: an empty page …')
    const emptyStart = await starts(context, page, isThere)
    const drawingOnEmpty = await drawing(context, page)
    log('crowded: import …')
    const imported = await work(context, page, () => drop(page, crowdedProject()), isMarked)
    await page.getByText('Saved on this device', { exact: true }).waitFor({ timeout: TIMEOUT_MS })
    await firstFace(page)
    log('crowded: reload …')
    const reload = await starts(context, page, isMarked)
    log('crowded: drawing …')
    const drawn = await drawing(context, page)
    return { ...CROWDED, chromium: browser.version(), emptyStart, import: imported, reload, drawing: drawn, drawingOnEmpty }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function firstFace(page: Page): Promise<void> {
  await page.waitForFunction(() => window.faceBench.faces.length > 0, undefined, { timeout: TIMEOUT_MS })
  await page.waitForTimeout(3_000)
}

/** Runs in the page: the surface has been painted. */
function isThere(): boolean {
  return document.querySelectorAll('[role=application] canvas').length > 1
}

/** Runs in the page: the last stroke of the project is on the ink layer. */
function isMarked(): boolean {
  const canvas = document.querySelectorAll<HTMLCanvasElement>('[role=application] canvas')[1]
  if (!canvas) return false
  const x = Math.round((492 / 512) * canvas.width)
  const y = Math.round((6 / 512) * canvas.height)
  return (canvas.getContext('2d')?.getImageData(x, y, 1, 1).data[3] ?? 0) > 128
}

async function starts(context: BrowserContext, page: Page, isReady: () => boolean): Promise<Starts> {
  const works: Work[] = []
  for (let i = 0; i < STARTS; i++) {
    works.push(await work(context, page, 'reload', isReady))
    await firstFace(page)
  }
  const of = (name: keyof Work): Spread => spread(works.map((each) => each[name]))
  return { readyMs: of('readyMs'), mainThreadMs: of('mainThreadMs'), longestTaskMs: of('longestTaskMs') }
}

/** Of what `start` does to the page: a reload, whose clock begins with it, or something to the page as it stands. */
async function work(
  context: BrowserContext,
  page: Page,
  start: 'reload' | (() => Promise<unknown>),
  isReady: () => boolean,
): Promise<Work> {
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const isReload = start === 'reload'
  const before = await taskSeconds(session)
  const startedMs = isReload ? 0 : await page.evaluate(() => performance.now())
  await (isReload ? page.reload({ waitUntil: 'commit' }) : start())
  await page.evaluate((since) => window.faceBench.watchTasks(since), startedMs)
  await page.waitForFunction(isReady, undefined, { timeout: TIMEOUT_MS, polling: 'raf' })
  const readyMs = (await page.evaluate(() => performance.now())) - startedMs
  const spent = (await taskSeconds(session)) - before
  const { tasks } = await page.evaluate(() => window.faceBench.watched())
  await session.detach()
  return { readyMs: rounded(readyMs, 0), mainThreadMs: rounded(1_000 * spent, 0), longestTaskMs: rounded(Math.max(0, ...tasks), 0) }
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

async function drop(page: Page, text: string): Promise<void> {
  await page.evaluate((data) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([data], 'crowded.json', { type: 'application/json' }))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, text)
}

async function drawing(context: BrowserContext, page: Page): Promise<CrowdedReport['drawing']> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('The drawing surface is not on the page.')
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await taskSeconds(session)
  await page.evaluate(() => window.faceBench.watchTasks())
  for (let n = 0; n < DRAWN.strokes; n++) {
    const [x, y] = [box.x + box.width * (0.2 + 0.04 * n), box.y + box.height * (0.3 + 0.03 * n)]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 0.3 * box.width, y + 0.1 * box.height, { steps: DRAWN.moves })
    await page.mouse.up()
    await page.waitForTimeout(DRAWN.pauseMs)
  }
  const { tasks, frames } = await page.evaluate(() => window.faceBench.watched())
  const spent = (await taskSeconds(session)) - before
  await session.detach()
  return {
    mainThreadMsPerStroke: rounded((1_000 * spent) / DRAWN.strokes, 1),
    frameMs: spread(frames),
    longestFrameMs: rounded(Math.max(...frames)),
    tasksOver50Ms: tasks.length,
    longestTaskMs: rounded(Math.max(0, ...tasks), 0),
  }
}
