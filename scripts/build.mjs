/** Builds dist/ where it is missing or was built from other sources. Run directly (`npm run build`), it always builds. */

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { PlainError, ROOT, runMain, runTool } from './run.mjs'

const INPUTS = [
  'src',
  'public',
  'index.html',
  'witness.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts',
]
const IS_NO_INPUT = /\.test\.tsx?$/
const STAMP = resolve(ROOT, '.cache/build.sha256')

/**
 * @param {string} path relative to the root
 * @returns {string[]} the files there, in a fixed order
 */
function filesUnder(path) {
  const absolute = resolve(ROOT, path)
  if (!existsSync(absolute)) return []
  if (!statSync(absolute).isDirectory()) return [path]
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

/** Digest of everything that a build is made from: contents, so that neither clocks nor checkouts mislead it. */
function sourceDigest() {
  const hash = createHash('sha256')
  for (const file of INPUTS.flatMap(filesUnder)) {
    if (IS_NO_INPUT.test(file)) continue
    hash
      .update(`${file}\0`)
      .update(readFileSync(resolve(ROOT, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function isBuilt() {
  if (!existsSync(resolve(ROOT, 'dist/index.html')) || !existsSync(STAMP)) return false
  return readFileSync(STAMP, 'utf8') === sourceDigest()
}

export async function build() {
  const digest = sourceDigest()
  rmSync(STAMP, { force: true })
  const code = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { env: { NODE_ENV: 'production' } })
  if (code !== 0) throw new PlainError('The build failed (see above).')
  mkdirSync(resolve(ROOT, '.cache'), { recursive: true })
  writeFileSync(STAMP, digest)
}

export async function ensureBuilt() {
  if (isBuilt()) return
  console.log('Building …')
  await build()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureInstalled()
    await build()
    console.log('Built dist/.')
  })
}
