/** Browser journeys: a real Chromium against the production server. `npm test` gives the port and the browser; alone it finds its own. */
import { defineConfig } from '@playwright/test'
import { findChromium, NO_CHROMIUM } from './scripts/findChromium.mjs'

const executablePath = process.env.CHROMIUM_PATH ?? findChromium()
if (!executablePath) throw new Error(NO_CHROMIUM)
// The runner's own processes read this file again: they must not search once more.
process.env.CHROMIUM_PATH = executablePath

const port = Number(process.env.JOURNEY_PORT ?? 4319)
const baseURL = `http://localhost:${port}`

const HEAVY = /(parity|reproduction|training|trainingScreen|datasets)\.spec\.ts$/

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // A page waits for its disk and its scripts for half of the time.
  workers: 1,
  projects: [
    // Whole networks for minutes: one at a time, and from the beginning.
    { name: 'heavy', testMatch: HEAVY, workers: 1 },
    { name: 'studio', testIgnore: HEAVY },
  ],
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL,
    trace: 'off',
    // They keep 14 MB a context, and answer before a journey's own routes do; offline.spec.ts lets them in.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    launchOptions: { executablePath, args: ['--no-sandbox', '--enable-unsafe-webgpu'] },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    env: { PORT: String(port) },
    url: baseURL,
    timeout: 300_000,
    reuseExistingServer: false,
  },
})
