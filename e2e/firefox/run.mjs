/**
 * The studio in Firefox: `npm run firefox`. Playwright needs a build of its own, so Debian's Firefox is driven by WebDriver BiDi (puppeteer-core). Starts, draws, waits
 * for faces, saves, reloads, brings a file in; prints what it measured, and ends with 1 at the first thing that does not hold.
 * FIREFOX_PATH names another Firefox; an argument is where a picture of the last page goes.
 */

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import puppeteer from 'puppeteer-core'
import { ensureBuilt } from '../../scripts/build.mjs'
import { ROOT } from '../../scripts/run.mjs'
import { serve } from '../../scripts/server.mjs'

const NAMES = [process.env.FIREFOX_PATH, 'firefox-esr', 'firefox']
const FACE = 'canvas[data-revision]'
const FACE_MS = 120_000

/** In sketch pixels. */
/** @type {(readonly [number, number])[]} */
const SMILE = [
  [200, 385],
  [228, 408],
  [256, 416],
  [285, 408],
  [314, 384],
]
/** @type {(readonly [number, number])[]} */
const HAIR = [
  [100, 250],
  [96, 160],
  [150, 75],
  [256, 42],
  [362, 75],
  [416, 160],
  [412, 250],
]
const FILE = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><path d="M205 392 Q256 420 308 391" fill="none" stroke="black" stroke-width="3"/></svg>`

/** @returns {string | null} */
function findFirefox() {
  for (const name of NAMES) {
    if (!name) continue
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return null
}

/** @param {import('puppeteer-core').Page} page */
const studio = (page) => ({
  revision: () => page.$eval(FACE, (canvas) => Number(canvas.getAttribute('data-revision'))),
  workerMs: () => page.$eval(FACE, (canvas) => Number(canvas.getAttribute('data-elapsed-ms'))),
  /** Dark pixels of the committed ink. */
  ink: () =>
    page.$eval('[role=application]', (surface) => {
      const canvas = surface.querySelectorAll('canvas')[1]
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let dark = 0
      for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 128) dark++
      return dark
    }),
  /** The face's mean level, 0–255: a picture, neither black nor white. */
  level: () =>
    page.$eval(FACE, (element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element)
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
      let sum = 0
      for (let i = 0; i < data.length; i++) if (i % 4 !== 3) sum += data[i] ?? 0
      return sum / (data.length * 0.75)
    }),
  saved: () => page.waitForFunction(() => document.body.textContent?.includes('Saved on this device'), { timeout: 30_000 }),
})

/** @param {import('puppeteer-core').Page} page @returns {Promise<number>} ms from the page's start */
async function firstFace(page) {
  await page.waitForSelector(FACE, { timeout: FACE_MS })
  await page.waitForFunction(
    (selector) => Number(document.querySelector(selector)?.getAttribute('data-revision')) >= 0,
    { timeout: FACE_MS },
    FACE,
  )
  return page.evaluate(() => performance.now())
}

/** @param {import('puppeteer-core').Page} page @param {(readonly [number, number])[]} points @returns {Promise<number>} ms from pen-up to the face */
async function draw(page, points) {
  const surface = await page.$('[role=application]')
  const box = await surface?.boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  const before = await studio(page).revision()
  const at = (/** @type {readonly [number, number]} */ [x, y]) =>
    /** @type {const} */ ([box.x + (x / 512) * box.width, box.y + (y / 512) * box.height])
  const [first = /** @type {const} */ ([0, 0]), ...rest] = points
  await page.mouse.move(...at(first))
  await page.mouse.down()
  for (const point of rest) await page.mouse.move(...at(point), { steps: 4 })
  await page.mouse.up()
  const start = Date.now()
  await page.waitForFunction(
    (selector, last) => Number(document.querySelector(selector)?.getAttribute('data-revision')) > last,
    { timeout: FACE_MS, polling: 20 },
    FACE,
    before,
  )
  return Date.now() - start
}

const executablePath = findFirefox()
if (!executablePath) {
  console.log('Left out: there is no Firefox here. Install one (Debian: apt-get install firefox-esr) or set FIREFOX_PATH.')
  process.exit(0)
}
await ensureBuilt()
const server = await serve(resolve(ROOT, 'dist'), 0)
const profile = mkdtempSync(join(tmpdir(), 'face-studio-firefox-'))
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  headless: true,
  userDataDir: profile,
  protocolTimeout: FACE_MS,
})
let code = 0
try {
  const page = await browser.newPage()
  await page.setViewport({ width: 1440, height: 900 })
  /** @type {string[]} */
  const problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  await page.goto(`http://localhost:${server.port}/?backend=wasm`)
  const loadMs = await firstFace(page)
  const { ink, level, saved, workerMs } = studio(page)
  const emptyLevel = await level()
  assert(emptyLevel > 40 && emptyLevel < 220, `the first face is a picture (its mean level is ${emptyLevel})`)
  const penUpMs = [await draw(page, HAIR), await draw(page, SMILE)]
  const passMs = await workerMs()
  await saved()
  const drawn = await ink()
  assert(drawn > 500, `there is ink on the page (${drawn} dark pixels)`)
  await page.reload()
  const reloadMs = await firstFace(page)
  assert(Math.abs((await ink()) - drawn) < 30, 'a reload brings the drawing back')
  await page.evaluate((svg) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([svg], 'mouth.svg', { type: 'image/svg+xml' }))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
  }, FILE)
  await page.waitForFunction(() => document.body.textContent?.includes('is open with 1 stroke'), { timeout: 30_000 })
  const facts = await page.evaluate(async () => ({
    privateFiles: typeof navigator.storage.getDirectory === 'function',
    serviceWorker: 'serviceWorker' in navigator,
    webgpu: 'gpu' in navigator,
    webgl2: new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
    clipboardPictures: typeof ClipboardItem === 'function',
    colourScheme: matchMedia('(prefers-color-scheme: dark)').matches,
  }))
  assert.deepEqual(problems, [], 'nothing was thrown')
  if (process.argv[2]) await page.screenshot({ path: process.argv[2] })
  console.log(
    JSON.stringify(
      { firefox: await browser.version(), loadMs, reloadMs, penUpMs, passMs, facts },
      (_, value) => (typeof value === 'number' ? Math.round(value) : value),
      1,
    ),
  )
  console.log('The studio runs in Firefox: it starts, draws, makes faces, saves, comes back and reads a file.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  code = 1
} finally {
  await browser.close()
  await server.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
process.exit(code)
