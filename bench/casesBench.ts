/** A long case in headless Chromium: how long it takes to be open again from IndexedDB, plainly kept and encrypted, and to take one more stroke. */

import { fileURLToPath } from 'node:url'
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import { findChromium, NO_CHROMIUM } from '../scripts/findChromium.mjs'
import type { OpeningMs, VerifiedMs } from './casesPage'
import { rounded, type Spread, spread } from './statistics'

const ENTRIES = 5_000
const OPENINGS = 7
const APPENDED = 20
const ADDRESS = 'http://localhost/cases/'

interface Opened {
  readonly megabytes: number
  readonly listMs: Spread
  readonly keyMs: Spread
  readonly openMs: Spread
  /** Processor time of the page's main thread for all of that, whatever else the machine does. */
  readonly mainThreadMs: Spread
  readonly longestMs: Spread
  readonly verifyMs: Spread
  readonly appendMs: Spread
}

export interface CasesReport {
  readonly entries: number
  readonly chromium: string
  readonly plain: Opened
  readonly encrypted: Opened
}

export async function benchCases(log: (message: string) => void): Promise<CasesReport> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(NO_CHROMIUM)
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: sandbox })
  try {
    const context = await browser.newContext()
    await serveBundle(context)
    const measured = async (name: string, isEncrypted: boolean): Promise<Opened> => {
      log(`cases: ${name} …`)
      return await measure(context, name, isEncrypted)
    }
    return {
      entries: ENTRIES,
      chromium: browser.version(),
      plain: await measured('plain', false),
      encrypted: await measured('encrypted', true),
    }
  } finally {
    await browser.close()
  }
}

/** A secure origin, without the studio. */
async function serveBundle(context: BrowserContext): Promise<void> {
  const result = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL('./casesPage.ts', import.meta.url)), formats: ['es'] },
    },
  })) as Rolldown.RolldownOutput[]
  const script = result[0]?.output[0].code ?? ''
  await context.route(`${ADDRESS}*`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="page.js"></script>' }),
  )
}

async function measure(context: BrowserContext, database: string, isEncrypted: boolean): Promise<Opened> {
  const writing = await openPage(context)
  const bytes = await writing.evaluate(([name, count, sealed]) => window.casesPage.fill(name, count, sealed), [
    database,
    ENTRIES,
    isEncrypted,
  ] as const)
  await writing.close()
  const openings: (OpeningMs & VerifiedMs & { mainThreadMs: number })[] = []
  // A page of its own each time: nothing is warm but the disk.
  for (let i = 0; i < OPENINGS; i++) {
    const page = await openPage(context)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await taskSeconds(session)
    const opening = await page.evaluate((name) => window.casesPage.open(name), database)
    const mainThreadMs = 1_000 * ((await taskSeconds(session)) - before)
    const verified = await page.evaluate(() => window.casesPage.verify())
    if (!verified.isIntact || opening.entries !== ENTRIES) throw new Error('The case is not as it was written.')
    openings.push({ ...opening, ...verified, mainThreadMs })
    await page.close()
  }
  const page = await openPage(context)
  const appended = await page.evaluate(([name, count]) => window.casesPage.append(name, count), [database, APPENDED] as const)
  await page.close()
  const of = (key: keyof (typeof openings)[number]): Spread => spread(openings.map((each) => Number(each[key])))
  return {
    megabytes: rounded(bytes / 1e6),
    listMs: of('listMs'),
    keyMs: of('keyMs'),
    openMs: of('openMs'),
    mainThreadMs: of('mainThreadMs'),
    longestMs: of('longestMs'),
    verifyMs: of('verifyMs'),
    appendMs: spread(appended),
  }
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${ADDRESS}page.html`)
  await page.waitForFunction(() => 'casesPage' in window)
  return page
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}
