/**
 * The studio in headless Chromium while a model is trained in it: whether a face still follows the pen, and whether the page stays free, on the page and on the
 * training screen with its charts and samples. A cartoon is trained with all its layers on the starter set, by hand, through the screens.
 */

import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../scripts/findChromium.mjs'
import { serve } from '../scripts/server.mjs'
import { measureStrokes, openStudio } from './browserBench'
import { rounded, type Spread, spread } from './statistics'

const TIMEOUT_MS = 300_000
/** How long the training screen is watched. */
const WATCHED_MS = 60_000

/** Tasks of the page's main thread: by the clock, which counts what else the machine does, and by the processor time that they took themselves. */
interface Tasks {
  readonly over50Ms: number
  readonly longestMs: number
  readonly over50MsOfProcessor: number
  readonly longestMsOfProcessor: number
}

interface Stretch {
  readonly penUpToFaceMs: Spread
  readonly tasks: Tasks
}

export interface WhileTrainingReport {
  readonly chromium: string
  readonly quiet: Stretch
  readonly training: Stretch
  /** Of the medians; at most 2 is wanted. */
  readonly ratio: number
  /** The training screen, seen for a minute. */
  readonly screen: { readonly seconds: number; readonly steps: number; readonly tasks: Tasks }
}

/** @param dist the built studio */
export async function benchWhileTraining(dist: string, repeats: number, log: (message: string) => void): Promise<WhileTrainingReport> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(NO_CHROMIUM)
  const server = await serve(dist, 0)
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: ['--enable-unsafe-webgpu', ...sandbox] })
  try {
    const { page } = await openStudio(browser, `http://localhost:${server.port}/?backend=wasm`)
    page.setDefaultTimeout(TIMEOUT_MS)
    log('while training: a starter set …')
    await makeStarterSet(page)
    log('while training: quiet …')
    const quiet = await stretch(browser, page, repeats)
    log('while training: training …')
    await startTraining(page)
    const screen = await watchScreen(browser, page)
    await page.getByRole('button', { name: 'Back to the page' }).click()
    const training = await stretch(browser, page, repeats)
    const ratio = rounded(training.penUpToFaceMs.median / quiet.penUpToFaceMs.median)
    return { chromium: browser.version(), quiet, training, ratio, screen }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function stretch(browser: Browser, page: Page, repeats: number): Promise<Stretch> {
  await page.waitForTimeout(2_000)
  const { made: faces, tasks } = await watching(browser, page, () => measureStrokes(page, repeats))
  return { penUpToFaceMs: spread(faces.map(({ ms }) => ms)), tasks }
}

async function watching<T>(browser: Browser, page: Page, work: () => Promise<T>): Promise<{ made: T; tasks: Tasks }> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  const made = await work()
  return { made, tasks: tasksIn((await browser.stopTracing()).toString()) }
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** In microseconds, as is `tdur`, of the thread's own processor time. */
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** @param trace Chromium's, as JSON */
export function tasksIn(trace: string): Tasks {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] }
  const main = new Set(
    traceEvents.flatMap(({ name, pid, tid, args }) => (name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [])),
  )
  const tasks = traceEvents.filter(({ name, pid, tid }) => /RunTask$/.test(name) && main.has(`${pid} ${tid}`))
  const of = (key: 'dur' | 'tdur') => tasks.map((task) => (task[key] ?? 0) / 1_000)
  const over = (all: readonly number[]) => all.filter((ms) => ms > 50).length
  const longest = (all: readonly number[]) => rounded(all.reduce((most, ms) => Math.max(most, ms), 0))
  const [clock, processor] = [of('dur'), of('tdur')]
  return {
    over50Ms: over(clock),
    longestMs: longest(clock),
    over50MsOfProcessor: over(processor),
    longestMsOfProcessor: longest(processor),
  }
}

async function openFromMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Training', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

async function makeStarterSet(page: Page): Promise<void> {
  await openFromMenu(page, 'Data sets')
  await page.getByRole('button', { name: 'Starter set', exact: true }).click()
  await page.getByText('12 in all, 2 held out').waitFor()
  await page.getByRole('button', { name: 'Back to the page' }).click()
}

async function startTraining(page: Page): Promise<void> {
  await openFromMenu(page, 'Train a model')
  await page.getByText('Thorough', { exact: true }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForFunction(() => Number(document.querySelector<HTMLElement>('.training-status')?.dataset.step) > 3)
}

async function watchScreen(browser: Browser, page: Page): Promise<WhileTrainingReport['screen']> {
  const step = () => page.evaluate(() => Number(document.querySelector<HTMLElement>('.training-status')?.dataset.step))
  const before = await step()
  const { tasks } = await watching(browser, page, () => page.waitForTimeout(WATCHED_MS))
  return { seconds: WATCHED_MS / 1_000, steps: (await step()) - before, tasks }
}
