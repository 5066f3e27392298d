/** Builds `sw.js` beside the page, with the list of what it keeps: names and hashes of the files of the build. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../src/pwa/serviceWorker.ts', import.meta.url))
export const SCRIPT = 'sw.js'
/** What every visit needs, besides the code and the default model. */
const SHELL = ['index.html', 'witness.html', 'icon.svg', 'icon-192.png', 'site.webmanifest', 'licences.txt', 'models/index.json']
const CODE = 'assets/'

/**
 * @param {string} folder
 * @param {string} [under]
 * @returns {string[]} files in it, relative, in a fixed order
 */
function filesOf(folder, under = '') {
  return readdirSync(join(folder, under))
    .sort()
    .flatMap((name) => {
      const path = under ? `${under}/${name}` : name
      return statSync(join(folder, path)).isDirectory() ? filesOf(folder, path) : [path]
    })
}

/** @param {string} file */
const json = (file) => JSON.parse(readFileSync(file, 'utf8'))

/**
 * @param {string} folder the build
 * @returns {string[]} files of the model that a first visit uses: nothing that only training needs
 */
export function defaultModelFiles(folder) {
  const id = json(join(folder, 'models/index.json')).default
  const { networks, golden } = json(join(folder, 'models', id, 'manifest.json'))
  const shards = networks.generator.shards
  return ['manifest.json', golden.file, ...shards.map((/** @type {{ file: string }} */ { file }) => file)].map(
    (file) => `models/${id}/${file}`,
  )
}

/**
 * @param {string} folder the build
 * @returns {{ precached: { url: string, revision: string | null }[], others: string }} `others` is a hash of all files that are kept on use
 */
export function listed(folder) {
  const hashOf = (/** @type {string} */ path) =>
    createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')
      .slice(0, 16)
  const kept = new Set([...SHELL, ...defaultModelFiles(folder)])
  const files = filesOf(folder).filter((path) => path !== SCRIPT)
  const isKept = (/** @type {string} */ path) => path.startsWith(CODE) || kept.has(path)
  const precached = files.filter(isKept).map((url) => ({ url, revision: url.startsWith(CODE) ? null : hashOf(url) }))
  const missing = [...kept].filter((path) => !files.includes(path))
  if (missing.length > 0) throw new Error(`The build lacks ${missing.join(', ')}, which the service worker keeps.`)
  const others = createHash('sha256')
  for (const path of files) if (!isKept(path)) others.update(`${path} ${hashOf(path)}\n`)
  return { precached, others: others.digest('hex').slice(0, 16) }
}

/** @returns {import('vite').Plugin} */
export function serviceWorker() {
  let folder = ''
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      const { build } = await import('vite')
      const { precached, others } = listed(folder)
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { PRECACHED: JSON.stringify(precached), OTHERS: JSON.stringify(others), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2023',
          rolldownOptions: { input: ENTRY, output: { entryFileNames: SCRIPT, format: 'iife' } },
        },
      })
    },
  }
}
