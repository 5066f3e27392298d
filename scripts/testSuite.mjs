/** The steps of `npm test`, in order; each runs whatever became of those before it. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { build } from './build.mjs'
import { ensureChromium } from './ensureChromium.mjs'
import { NO_CHROMIUM } from './findChromium.mjs'
import { ensureInstalled } from './install.mjs'
import { PlainError, ROOT, run, runMain, runTool } from './run.mjs'
import { countPlaywright, countUnittest, countVitest, readReport } from './testCounts.mjs'

/** @typedef {import('./testCounts.mjs').Counts} Counts */

const MINUTE_MS = 60_000
const REPORTS = resolve(ROOT, '.cache')

/** @param {number} exitCode @returns {Counts} */
const one = (exitCode) => (exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/** @param {string} name */
function freshReport(name) {
  mkdirSync(REPORTS, { recursive: true })
  const path = resolve(REPORTS, name)
  rmSync(path, { force: true })
  return path
}

async function testTypes() {
  return one(await runTool('typescript/bin/tsc', ['--noEmit', '-p', '.'], { timeoutMs: 5 * MINUTE_MS }))
}

async function testLint() {
  return one(await runTool('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.'], { timeoutMs: 5 * MINUTE_MS }))
}

async function testUnits() {
  const report = freshReport('vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await runTool('vitest/vitest.mjs', args, { timeoutMs: 20 * MINUTE_MS })
  return countVitest(readReport(report), exitCode)
}

async function testBuild() {
  try {
    await build()
    return one(0)
  } catch (error) {
    if (error instanceof PlainError) console.error(error.message)
    else console.error(error)
    return one(1)
  }
}

/** A port that nothing listens on at this moment. @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function testJourneys() {
  const chromium = await ensureChromium()
  if (!chromium) {
    console.error(NO_CHROMIUM)
    return one(1)
  }
  const report = freshReport('playwright.json')
  const env = { CHROMIUM_PATH: chromium, JOURNEY_PORT: String(await freePort()), PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const exitCode = await runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env, timeoutMs: 40 * MINUTE_MS })
  return countPlaywright(readReport(report), exitCode)
}

/** One journey in Firefox, where there is one (`npm run firefox`). */
async function testFirefox() {
  let output = ''
  const onOutput = (/** @type {string} */ text) => {
    output += text
  }
  const exitCode = await run(process.execPath, ['e2e/firefox/run.mjs'], { timeoutMs: 5 * MINUTE_MS, onOutput })
  return output.startsWith('Left out') ? null : one(exitCode)
}

/** The training pipeline's own tests: only where Python with PyTorch is at hand, which neither the studio nor its other tests need. */
async function testPipeline() {
  if (!existsSync(resolve(ROOT, 'pipeline/tests'))) return null
  const python = ['python3', '/usr/bin/python3'].find((command) => spawnSync(command, ['-c', 'import torch']).status === 0)
  if (!python) {
    console.log('Left out: there is no Python with PyTorch here.')
    return null
  }
  let output = ''
  const args = ['-m', 'unittest', 'discover', '-s', 'pipeline/tests', '-t', '.']
  const exitCode = await run(python, args, {
    timeoutMs: 15 * MINUTE_MS,
    onOutput: (text) => {
      output += text
    },
  })
  return countUnittest(output, exitCode)
}

/** @type {[name: string, step: () => Promise<Counts | null>][]} */
const STEPS = [
  ['types', testTypes],
  ['lint and import rules', testLint],
  ['unit tests', testUnits],
  ['training pipeline', testPipeline],
  ['build', testBuild],
  ['browser journeys', testJourneys],
  ['Firefox', testFirefox],
]

export function testSuite() {
  return runMain(async () => {
    await ensureInstalled()
    const total = { passed: 0, failed: 0 }
    const summary = []
    for (const [name, step] of STEPS) {
      console.log(`\n── ${name}`)
      const startMs = Date.now()
      const counts = await step()
      const seconds = Math.round((Date.now() - startMs) / 1000)
      summary.push(`${name}: ${counts ? `${counts.passed} passed, ${counts.failed} failed` : 'left out'} (${seconds} s)`)
      total.passed += counts?.passed ?? 0
      total.failed += counts?.failed ?? 0
    }
    console.log(`\n${summary.join('\n')}\n`)
    console.log(`${total.passed} passed, ${total.failed} failed`)
    return total.failed === 0 ? 0 : 1
  })
}
