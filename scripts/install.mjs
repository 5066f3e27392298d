/** Installs the dependencies where they are missing or differ from package-lock.json. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PlainError, ROOT, run } from './run.mjs'

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean, peer?: boolean }> }} Lock */

/**
 * @param {string} path
 * @returns {Lock | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Whether every package of the lock file is installed in its version. npm records what it installed in node_modules/.package-lock.json;
 * optional packages (other platforms' binaries) may be absent.
 * @param {string} [root]
 */
export function isInstalled(root = ROOT) {
  const wanted = readLock(resolve(root, 'package-lock.json'))
  const present = readLock(resolve(root, 'node_modules/.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted.packages).every(
    ([path, entry]) => path === '' || entry.optional || present.packages[path]?.version === entry.version,
  )
}

/** No install script is needed by any dependency, so none is run. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing dependencies …')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  // Under `npm run`, npm says where it is; else it is in PATH.
  const npm = process.env.npm_execpath
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run('npm', args)
  if (code !== 0) throw new PlainError('The dependencies could not be installed (see above). Check the network connection, then try again.')
}
