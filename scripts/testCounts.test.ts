import { describe, expect, it } from 'vitest'
import { countPlaywright, countUnittest, countVitest } from './testCounts.mjs'

describe('counting', () => {
  it('takes the numbers of vitest', () => {
    expect(countVitest({ numPassedTests: 12, numFailedTests: 2, testResults: [] }, 1)).toEqual({ passed: 12, failed: 2 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ]
    expect(countVitest({ numPassedTests: 1, numFailedTests: 0, testResults }, 1)).toEqual({ passed: 1, failed: 1 })
  })

  it('takes the numbers of Playwright, a flaky test being a failure', () => {
    const stats = { expected: 9, unexpected: 1, flaky: 1, skipped: 3 }
    expect(countPlaywright({ stats, errors: [] }, 1)).toEqual({ passed: 9, failed: 2 })
  })

  it('never calls a crashed runner a success', () => {
    expect(countVitest(null, 1)).toEqual({ passed: 0, failed: 1 })
    expect(countVitest({ numPassedTests: 5, numFailedTests: 0, testResults: [] }, 124)).toEqual({ passed: 5, failed: 1 })
    expect(countPlaywright(null, 1)).toEqual({ passed: 0, failed: 1 })
    expect(countUnittest('', 127)).toEqual({ passed: 0, failed: 1 })
  })

  it.each([
    ['Ran 7 tests in 0.1s\n\nOK\n', 0, 7, 0],
    ['Ran 7 tests in 0.1s\n\nOK (skipped=2)\n', 0, 5, 0],
    ['Ran 7 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n', 1, 3, 3],
    ['Ran 1 test in 0.1s\n\nFAILED (errors=1)\n', 1, 0, 1],
  ])('reads unittest: %j', (output, exitCode, passed, failed) => {
    expect(countUnittest(output, exitCode)).toEqual({ passed, failed })
  })
})
