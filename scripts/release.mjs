/** `npm run release`: release/face-studio/ and a zip of it, which any static host serves under any path (docs/hosting.md). */

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { zipSync } from 'fflate'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { ROOT, runMain } from './run.mjs'

const NAME = 'face-studio'
/** Compressed already, or hardly to be. */
const STORED = /\.(bin|png|jpg|webp)$/

/**
 * @param {string} folder
 * @param {string} name of it in the archive
 * @returns {import('fflate').Zippable}
 */
function zippable(folder, name) {
  /** @type {import('fflate').Zippable} */
  const entries = {}
  for (const file of readdirSync(folder).sort()) {
    const path = join(folder, file)
    if (statSync(path).isDirectory()) Object.assign(entries, zippable(path, `${name}/${file}`))
    // A fixed date: the same build is the same archive.
    else entries[`${name}/${file}`] = [readFileSync(path), { level: STORED.test(file) ? 0 : 9, mtime: '2000-01-01' }]
  }
  return entries
}

await runMain(async () => {
  await ensureInstalled()
  await build()
  const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8'))
  const folder = resolve(ROOT, 'release', NAME)
  rmSync(resolve(ROOT, 'release'), { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(resolve(ROOT, 'dist'), folder, { recursive: true })
  for (const file of ['LICENSE', 'NOTICE']) cpSync(resolve(ROOT, file), join(folder, file))
  cpSync(resolve(ROOT, 'docs/hosting.md'), join(folder, 'HOSTING.md'))
  const archive = `release/${NAME}-${version}.zip`
  writeFileSync(resolve(ROOT, archive), zipSync(zippable(folder, NAME)))
  console.log(`Made release/${NAME}/ and ${archive}. How to serve it: docs/hosting.md.`)
})
