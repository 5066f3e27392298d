/**
 * Kills the browser while a session of a case is drawn: `npm run kills -- --case --kills 60`. After every start the log has to be a whole chain, hold every entry that the page had called
 * recorded, and hold the very drawing that came back with its sketch, so that a stroke that is kept is in the log as well.
 */

import type { Page } from '@playwright/test'
import { verifyChain } from '../../src/cases/chain'
import { drawingAfter } from '../../src/cases/drawingLog'
import { readPayload } from '../../src/cases/entries'
import { startBrowser } from './browserProcess'
import { storedLog } from './caseLog'
import { scribble } from './scribble'
import { storedStrokes } from './storedStrokes'
import { tearLog } from './tornLog'

const DRAWING_MS = { least: 20, most: 2_500 }
/** A stroke whose pen has been up for longer than this must be in the log. */
const ALLOWANCE_MS = 50
const FIRST_STROKE_TIMEOUT_MS = 30_000
const START = { words: 'A long face.', number: 'K-1' }

export interface CaseKill {
  /** Strokes whose pen was lifted, and those of them that are in the log after the next start. */
  readonly drawn: number
  readonly logged: number
  readonly lostOlderThanAllowance: number
  /** Entries that the page had called recorded when it was killed, and those that are there. */
  readonly recorded: number
  readonly entries: number
  /** Strokes that were logged after the start, as found. */
  readonly found: number
}

interface CaseLife {
  readonly address: string
  readonly profile: string
  /** With a case and a session that are new. */
  readonly begins: boolean
  /** Half a record is left at the end of the database's log by every kill. */
  readonly tears: boolean
}

/** @throws Error when an entry is lost, the chain is broken or the log has another drawing than the sketch */
export async function killCaseOnce({ address, profile, begins, tears }: CaseLife, random: () => number): Promise<CaseKill> {
  const first = await startBrowser(profile)
  const page = await openCase(first.browser.contexts()[0]?.pages()[0], address, begins)
  const before = (await storedStrokes(page)).length
  const confirmed = await watchRecorded(page)
  const drawing = await scribble(page, await page.context().newCDPSession(page), before)
  for (let waited = 0; drawing.penUps.length === 0 && waited < FIRST_STROKE_TIMEOUT_MS; waited += 10) await pause(10)
  await pause(DRAWING_MS.least + random() * (DRAWING_MS.most - DRAWING_MS.least))
  const killedAt = await first.kill()
  drawing.stop()
  await first.browser.close().catch(() => undefined)
  if (tears) tearLog(profile)

  const second = await startBrowser(profile)
  const again = await openCase(second.browser.contexts()[0]?.pages()[0], address)
  await again.waitForFunction(() => document.querySelector('.case-recorded')?.getAttribute('data-unsaved') === '0')
  const { entries, end } = await storedLog(again)
  const strokes = await storedStrokes(again)
  await second.kill()
  await second.browser.close().catch(() => undefined)

  const report = verifyChain(entries, end)
  if (!report.intact) throw new Error(`The log is not whole: ${JSON.stringify(report)}.`)
  const recorded = confirmed()
  if (entries.length < recorded) throw new Error(`${recorded} entries had been called recorded; ${entries.length} are there.`)
  const sketch = readPayload('sessionStarted', entries.find(({ kind }) => kind === 'sessionStarted')?.text ?? '')?.sketch ?? ''
  const logged = drawingAfter(entries, sketch)?.strokes ?? []
  if (logged.map(({ id }) => id).join() !== strokes.map(({ id }) => id).join())
    throw new Error('The log has another drawing than the sketch.')
  const late = drawing.penUps.filter(({ seenAt }, i) => before + i >= logged.length && killedAt - seenAt > ALLOWANCE_MS)
  const found = entries.filter(({ kind, text }) => kind === 'change' && readPayload('change', text)?.found === true).length
  const inLog = Math.min(drawing.penUps.length, Math.max(0, logged.length - before))
  return { drawn: drawing.penUps.length, logged: inLog, lostOlderThanAllowance: late.length, recorded, entries: entries.length, found }
}

/** The studio with the session under way: begun at the first start, gone on with by itself at every other. */
async function openCase(page: Page | undefined, address: string, begins = false): Promise<Page> {
  if (!page) throw new Error('The browser has no page.')
  page.setDefaultTimeout(60_000)
  const told: string[] = []
  page.on('console', (message) => message.type() === 'error' && told.push(message.text()))
  page.on('pageerror', (error) => told.push(error.message))
  await page.goto(address, { waitUntil: 'commit' })
  await page.getByRole('application').waitFor()
  if (begins) await beginCase(page)
  await page
    .locator('.case-bar')
    .waitFor()
    .catch(async (error: unknown) => {
      throw new Error(`The session does not go on: ${JSON.stringify({ told, ...(await page.evaluate(inHand)) })}`, { cause: error })
    })
  return page
}

/** Runs in the page: what is there to go on with. */
async function inHand(): Promise<object> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await answer(indexedDB.open('face-studio'))
  const store = (name: string): IDBObjectStore => database.transaction(name).objectStore(name)
  const found = {
    setting: await answer(store('settings').get('$caseInHand')),
    last: await answer(store('settings').get('$lastOpenSketchId')),
    cases: await answer(store('cases').getAll()),
    sketches: ((await answer(store('sketches').getAll())) as { id: string; strokeCount: number }[]).map(({ id, strokeCount }) => [
      id,
      strokeCount,
    ]),
    toasts: [...document.querySelectorAll('.toasts')].map((each) => each.textContent),
    dialogs: [...document.querySelectorAll('dialog')].map((each) => each.textContent?.slice(0, 200)),
  }
  database.close()
  return found
}

async function beginCase(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#cases'
  })
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click()
  await press('New case')
  await page.getByLabel('Case number').fill(START.number)
  await page.getByLabel('Operator').fill('K')
  await press('Make the case')
  await page.getByLabel('Name or code').fill('W')
  await press('Add witness')
  await press('Start a session')
  const recall = page.getByRole('region', { name: '3 Free recall' })
  await recall.getByLabel('The witness’s words, verbatim').fill(START.words)
  await recall.getByRole('button', { name: 'Keep', exact: true }).click()
  await press('Draw')
  // What was set up for the kills is on the disk; they are about what is drawn.
  await pause(6_000)
}

/** How many entries the bar has called recorded, with none on its way, before the kill. */
async function watchRecorded(page: Page): Promise<() => number> {
  let recorded = 0
  await page.exposeFunction('entriesRecorded', (count: number) => {
    recorded = Math.max(recorded, count)
  })
  await page.evaluate(() => {
    const { entriesRecorded } = globalThis as unknown as { entriesRecorded: (count: number) => Promise<void> }
    const look = (): void => {
      const bar = document.querySelector('.case-bar .case-recorded')
      if (bar?.getAttribute('data-unsaved') === '0') void entriesRecorded(Number.parseInt((bar.textContent ?? '').replace(/\D/g, ''), 10))
    }
    look()
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  return () => recorded
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
