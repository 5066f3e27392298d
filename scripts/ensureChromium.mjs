/** A Chromium for the browser journeys: an installed one, else one from apt where this account may install packages. */

import { spawnSync } from 'node:child_process'
import { findChromium } from './findChromium.mjs'
import { run } from './run.mjs'

/** @param {string} command @param {readonly string[]} args */
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0

/** How apt can be called without a question, or null. @returns {string[] | null} */
function aptCommand() {
  if (!succeeds('apt-get', ['--version'])) return null
  if (process.getuid?.() === 0) return ['apt-get']
  return succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n', 'apt-get'] : null
}

/** @returns {Promise<string | null>} path of a Chromium that starts */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const [command, ...prefix] = aptCommand() ?? []
  if (!command) return null
  console.log('Installing Chromium through apt …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const timeoutMs = 10 * 60_000
  await run(command, [...prefix, 'update', '-q'], { env, timeoutMs })
  await run(command, [...prefix, 'install', '-q', '-y', '--no-install-recommends', 'chromium'], { env, timeoutMs })
  return findChromium()
}
