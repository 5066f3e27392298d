#!/usr/bin/env node
/** The command `face-studio`. Its TypeScript is bundled into dist-cli/ the first time, and again whenever a source is newer. */

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const bundle = path.join(root, 'dist-cli', 'face-studio.mjs')
/** What the command is made of. */
const SOURCES = ['cli', 'cases', 'inference', 'detection', 'models', 'faces', 'shared', 'workers', 'editor', 'storage']

/** @param {string} folder @returns {number} time of the latest change below a folder */
function latestChange(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const file = path.join(folder, entry.name)
    return entry.isDirectory() ? latestChange(file) : statSync(file).mtimeMs
  })
  return Math.max(0, ...times)
}

function isCurrent() {
  const sources = SOURCES.map((name) => path.join(root, 'src', name)).filter(existsSync)
  if (!existsSync(bundle)) return false
  return sources.every((folder) => latestChange(folder) <= statSync(bundle).mtimeMs)
}

async function buildBundle() {
  const vite = await import('vite').catch(() => null)
  if (!vite) throw new Error(`the command is not built yet and its build tool is missing; run "npm install" in ${root}`)
  // Built aside and moved, so that a command started meanwhile never sees half a bundle.
  const outDir = path.join(root, `dist-cli-${process.pid}`)
  await vite.build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: 'src/cli/run.ts',
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'face-studio.mjs' } },
    },
  })
  rmSync(path.join(root, 'dist-cli'), { recursive: true, force: true })
  try {
    renameSync(outDir, path.join(root, 'dist-cli'))
  } catch (error) {
    rmSync(outDir, { recursive: true, force: true })
    if (!existsSync(bundle)) throw error // Another one was faster: its bundle is as good.
  }
}

process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0) // The reader has seen enough.
  process.stderr.write(`face-studio: standard output cannot be written: ${error.message}\n`)
  process.exit(1)
})

try {
  if (!isCurrent()) await buildBundle()
  const { run } = await import(pathToFileURL(bundle).href)
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const { stdin, stdout, stderr } = process
  process.exitCode = await run(process.argv.slice(2), { root, version, environment: process.env, stdin, stdout, stderr })
} catch (error) {
  process.stderr.write(`face-studio: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
