/**
 * `npm run check`: the quick set before a commit: types and lint, then the unit tests that the uncommitted changes reach.
 * With `--hook` (from .githooks/pre-commit) only types, and lint of the staged files, so that it stays under ten seconds.
 */

import { runMain, runTool } from './run.mjs'

const isHook = process.argv.includes('--hook')
const lintArgs = isHook ? ['check', '--staged', '--no-errors-on-unmatched', '--error-on-warnings'] : ['check', '--error-on-warnings', '.']

await runMain(async () => {
  const codes = await Promise.all([runTool('typescript/bin/tsc', ['--noEmit', '-p', '.']), runTool('@biomejs/biome/bin/biome', lintArgs)])
  const failed = codes.find((code) => code !== 0)
  if (failed !== undefined || isHook) return failed ?? 0
  return runTool('vitest/vitest.mjs', ['run', '--changed', '--passWithNoTests'])
})
