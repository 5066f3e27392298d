/**
 * Kills the browser at random moments of fast drawing on a busy machine, starts it again, and counts the strokes that are gone although the pen had been
 * up for longer than the allowance: `npm run kills -- --kills 100`. Prints a line for each kill and the result as JSON.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { serve } from '../../scripts/server.mjs'
import { mulberry32 } from '../../src/shared/rng'
import { startBrowser } from './browserProcess'
import { type CaseKill, killCaseOnce } from './caseKills'
import { startLoad } from './load'
import { endOf, type PenUp, scribble, startOf } from './scribble'
import { storedStrokes } from './storedStrokes'
import { tearLog } from './tornLog'

/** A stroke whose pen has been up for longer than this must be there. */
const ALLOWANCE_MS = 50
/** After the first pen-up: a page that has just started is slow to draw its first stroke. */
const DRAWING_MS = { least: 20, most: 2_500 }
const FIRST_STROKE_TIMEOUT_MS = 30_000
/** A stroke's first and last point are where they were drawn. */
const SAME_PLACE_PX = 4
/** A new sketch at every so many kills: its first strokes are the most endangered. */
const NEW_SKETCH_EVERY = 3

interface Kill {
  readonly drawn: number
  readonly kept: number
  /** Strokes that are there, but without their end. */
  readonly cutShort: number
  /** Of the newest stroke that is gone or cut short, and of the newest that is there. */
  readonly newestLostMs: number | null
  readonly newestKeptMs: number | null
  readonly lostOlderThanAllowance: number
  /** The same, from the moment when the browser could acknowledge the pen-up. */
  readonly lostOlderThanAllowanceSinceHandled: number
}

export async function main(argv: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      kills: { type: 'string', default: '100' },
      load: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      dist: { type: 'string', default: resolve(root, 'dist') },
      'without-log': { type: 'boolean', default: false },
      case: { type: 'boolean', default: false },
      torn: { type: 'boolean', default: false },
    },
  })
  const random = mulberry32(Number(values.seed))
  const profile = mkdtempSync(join(tmpdir(), 'face-studio-kills-'))
  const server = await serve(values.dist, 0)
  const address = `http://localhost:${server.port}/?backend=wasm`
  const load = startLoad(Number(values.load))
  const kills: Kill[] = []
  try {
    if (values.case) return await killCase({ address, profile, count: Number(values.kills), tears: values.torn }, random)
    for (let i = 0; i < Number(values.kills); i++) {
      const kill = await killOnce(
        { address, profile, startsNew: i % NEW_SKETCH_EVERY === 0, hasLog: !values['without-log'], tears: values.torn },
        random,
      )
      kills.push(kill)
      console.log(`${String(i + 1).padStart(4)}  ${JSON.stringify(kill)}`)
    }
  } finally {
    load.stop()
    await server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  const summary = summarise(kills, Number(values.load))
  console.log(JSON.stringify(summary, null, 2))
  return summary.lostOlderThanAllowance > 0 ? 1 : 0
}

/** A session of a case is drawn through all the kills. */
async function killCase(
  { address, profile, count, tears }: { address: string; profile: string; count: number; tears: boolean },
  random: () => number,
): Promise<number> {
  const kills: CaseKill[] = []
  for (let i = 0; i < count; i++) {
    kills.push(await killCaseOnce({ address, profile, begins: i === 0, tears }, random))
    console.log(`${String(i + 1).padStart(4)}  ${JSON.stringify(kills.at(-1))}`)
  }
  const sum = (pick: (kill: CaseKill) => number): number => kills.reduce((total, kill) => total + pick(kill), 0)
  const lost = sum(({ lostOlderThanAllowance }) => lostOlderThanAllowance)
  const strokes = { strokesDrawn: sum(({ drawn }) => drawn), strokesLogged: sum(({ logged }) => logged), lostOlderThanAllowance: lost }
  const { entries = 0, found = 0 } = kills.at(-1) ?? {}
  console.log(JSON.stringify({ kills: kills.length, ...strokes, entries, changesFoundAfterAStart: found }, null, 2))
  return lost > 0 ? 1 : 0
}

const isOlder =
  (killedAt: number) =>
  (penUp: PenUp): boolean =>
    penUp.handledAt !== undefined && killedAt - penUp.handledAt > ALLOWANCE_MS

const isNear = ([atX = 0, atY = 0]: readonly number[], [x, y]: readonly [number, number]): boolean =>
  Math.hypot(atX - x, atY - y) <= SAME_PLACE_PX

interface Life {
  readonly address: string
  readonly profile: string
  readonly startsNew: boolean
  /** Whether the browser may write ahead: without it, one sees what the database alone loses. */
  readonly hasLog: boolean
  readonly tears: boolean
}

/** One life of the browser, and what the next one finds. */
async function killOnce({ address, profile, startsNew, hasLog, tears }: Life, random: () => number): Promise<Kill> {
  const first = await startBrowser(profile)
  const page = await openStudio(first.browser.contexts()[0]?.pages()[0], address, hasLog)
  if (startsNew) await startNewSketch(page)
  const before = startsNew ? 0 : (await storedStrokes(page)).length
  const drawing = await scribble(page, await page.context().newCDPSession(page), before)
  for (let waited = 0; drawing.penUps.length === 0 && waited < FIRST_STROKE_TIMEOUT_MS; waited += 10) await pause(10)
  await pause(DRAWING_MS.least + random() * (DRAWING_MS.most - DRAWING_MS.least))
  const killedAt = await first.kill()
  drawing.stop()
  await first.browser.close().catch(() => undefined)
  if (tears) tearLog(profile)

  const second = await startBrowser(profile)
  const again = await openStudio(second.browser.contexts()[0]?.pages()[0], address, hasLog)
  const strokes = (await storedStrokes(again)).slice(before)
  await second.kill()
  await second.browser.close().catch(() => undefined)
  strokes.forEach(({ points }, i) => {
    const [x, y] = startOf(before + i)
    if (!isNear(points, [x, y])) throw new Error(`Stroke ${before + i} begins at ${points[0]}, ${points[1]} instead of ${x}, ${y}.`)
  })
  const ages = drawing.penUps.map(({ seenAt }) => killedAt - seenAt)
  const isCutShort = drawing.penUps.map((_, i) => strokes[i] !== undefined && !isNear(strokes[i].points.slice(-3), endOf(before + i)))
  const isHarmed = (_: unknown, i: number): boolean => i >= strokes.length || isCutShort[i] === true
  const harmed = ages.filter(isHarmed)
  const newest = (list: readonly number[]): number | null => list.at(-1) ?? null
  return {
    drawn: ages.length,
    kept: strokes.length,
    cutShort: isCutShort.filter(Boolean).length,
    newestLostMs: newest(harmed),
    newestKeptMs: newest(ages.slice(0, strokes.length)),
    lostOlderThanAllowance: harmed.filter((age) => age > ALLOWANCE_MS).length,
    lostOlderThanAllowanceSinceHandled: drawing.penUps.filter(isHarmed).filter(isOlder(killedAt)).length,
  }
}

async function openStudio(page: Page | undefined, address: string, hasLog: boolean): Promise<Page> {
  if (!page) throw new Error('The browser has no page.')
  page.setDefaultTimeout(90_000)
  if (!hasLog) await page.addInitScript(() => Object.defineProperty(StorageManager.prototype, 'getDirectory', { value: undefined }))
  await page.goto(address, { waitUntil: 'commit' })
  await page.getByRole('application').waitFor()
  return page
}

async function startNewSketch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'File', exact: true }).click()
  await page.getByRole('menuitem', { name: 'New sketch' }).click()
  await pause(500)
}

function summarise(kills: readonly Kill[], load: number) {
  const sum = (pick: (kill: Kill) => number): number => kills.reduce((total, kill) => total + pick(kill), 0)
  const lostAges = kills.flatMap(({ newestLostMs }) => newestLostMs ?? [])
  return {
    kills: kills.length,
    busyProcesses: load,
    allowanceMs: ALLOWANCE_MS,
    strokesDrawn: sum(({ drawn }) => drawn),
    lostOlderThanAllowance: sum(({ lostOlderThanAllowance }) => lostOlderThanAllowance),
    lostOlderThanAllowanceSinceHandled: sum((kill) => kill.lostOlderThanAllowanceSinceHandled),
    lostAtAll: sum(({ drawn, kept }) => Math.max(0, drawn - kept)),
    cutShort: sum(({ cutShort }) => cutShort),
    killsWithALoss: lostAges.length,
    oldestLostMs: lostAges.length > 0 ? Math.max(...lostAges) : null,
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
