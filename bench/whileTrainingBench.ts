/**
 * The studio in headless Chromium while a model is trained in it: whether a face still follows the pen, and whether the page stays free, on the page and on the
 * training screen with its charts and samples. A cartoon is trained with all its layers on the starter set, by hand, through the screens.
 */

import { chromium, type Page } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from '../scripts/findChromium.mjs'
import { serve } from '../scripts/server.mjs'
import { measureStrokes, openStudio } from './browserBench'
import { rounded, type Spread, spread } from './statistics'

const TIMEOUT_MS = 300_000
/** How long the training screen is watched. */
const WATCHED_MS = 60_000

interface Stretch {
  readonly penUpToFaceMs: Spread
  readonly tasksOver50Ms: number
  readonly longestTaskMs: number | null
}

export interface WhileTrainingReport {
  readonly chromium: string
  readonly quiet: Stretch
  readonly training: Stretch
  /** Of the medians; at most 2 is wanted. */
  readonly ratio: number
  /** The training screen, seen for a minute. */
  readonly screen: { readonly seconds: number; readonly steps: number } & Omit<Stretch, 'penUpToFaceMs'>
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
    const quiet = await stretch(page, repeats)
    log('while training: training …')
    await startTraining(page)
    const screen = await watchScreen(page)
    await page.getByRole('button', { name: 'Back to the page' }).click()
    const training = await stretch(page, repeats)
    const ratio = rounded(training.penUpToFaceMs.median / quiet.penUpToFaceMs.median)
    return { chromium: browser.version(), quiet, training, ratio, screen }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function stretch(page: Page, repeats: number): Promise<Stretch> {
  await page.waitForTimeout(2_000)
  await page.evaluate(() => window.faceBench.watchTasks())
  const faces = await measureStrokes(page, repeats)
  return { penUpToFaceMs: spread(faces.map(({ ms }) => ms)), ...(await tasks(page)) }
}

async function tasks(page: Page): Promise<Omit<Stretch, 'penUpToFaceMs'>> {
  const { tasks: long } = await page.evaluate(() => window.faceBench.watched())
  return { tasksOver50Ms: long.length, longestTaskMs: long.length > 0 ? rounded(Math.max(...long)) : null }
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

async function watchScreen(page: Page): Promise<WhileTrainingReport['screen']> {
  const step = () => page.evaluate(() => Number(document.querySelector<HTMLElement>('.training-status')?.dataset.step))
  const before = await step()
  await page.evaluate(() => window.faceBench.watchTasks())
  await page.waitForTimeout(WATCHED_MS)
  return { seconds: WATCHED_MS / 1_000, steps: (await step()) - before, ...(await tasks(page)) }
}
