/** Reads how many tests passed and failed from the reports that the test runners leave. */

import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * @param {string} path
 * @returns {unknown} `null` where there is no readable report
 */
export function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * A runner that fails must count as at least one failure, whatever its report says (a crash, an error outside any test, no report).
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function atLeastExitCode({ passed, failed }, exitCode) {
  return { passed, failed: exitCode !== 0 && failed === 0 ? 1 : failed }
}

/**
 * @param {unknown} report vitest's JSON report
 * @param {number} exitCode
 */
export function countVitest(report, exitCode) {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    testResults = [],
  } = /** @type {{ numPassedTests?: number, numFailedTests?: number, testResults?: { status: string, assertionResults: unknown[] }[] }} */ (
    report ?? {}
  )
  // A file that could not be loaded has no tests to count.
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  return atLeastExitCode({ passed: numPassedTests, failed: numFailedTests + brokenFiles }, exitCode)
}

/**
 * @param {unknown} report Playwright's JSON report
 * @param {number} exitCode
 */
export function countPlaywright(report, exitCode) {
  const { stats, errors = [] } = /** @type {{ stats?: { expected: number, unexpected: number, flaky: number }, errors?: unknown[] }} */ (
    report ?? {}
  )
  return atLeastExitCode({ passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) + errors.length }, exitCode)
}

/**
 * @param {string} output what Python's unittest printed
 * @param {number} exitCode
 */
export function countUnittest(output, exitCode) {
  const total = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0)
  /** @param {string} word */
  const tally = (word) => Number(new RegExp(`^(?:OK|FAILED) \\(.*?\\b${word}=(\\d+)`, 'm').exec(output)?.[1] ?? 0)
  const failed = tally('failures') + tally('errors')
  return atLeastExitCode({ passed: Math.max(0, total - failed - tally('skipped')), failed }, exitCode)
}
