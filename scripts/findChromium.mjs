/** Finds a Chromium (or Chrome) that starts, for the browser journeys and the benchmarks. */

import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPS = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Some distributions install a stand-in that only says where to get the real one, so it must answer. @param {string} path */
function starts(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /Chrom/.test(stdout)
}

/** Where Playwright keeps its own Chromium, once `npx playwright install chromium` was run. */
function playwrightChromium() {
  try {
    /** @type {typeof import('playwright-core')} */
    const playwright = createRequire(import.meta.url)('playwright-core')
    return [playwright.chromium.executablePath()]
  } catch {
    return []
  }
}

/**
 * @returns {string | null} path of the first that starts: CHROMIUM_PATH, then an installed one, then Playwright's
 */
export function findChromium() {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  const installed = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const candidates = [...(CHROMIUM_PATH ? [CHROMIUM_PATH] : []), ...installed, ...MAC_APPS, ...playwrightChromium()]
  return candidates.find((path) => isExecutable(path) && starts(path)) ?? null
}

/** What to do where none is found. */
export const NO_CHROMIUM =
  'No Chromium was found for the browser journeys: install Chromium or Chrome, or run "npx playwright install chromium", or set CHROMIUM_PATH, then try again.'
