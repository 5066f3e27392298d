/** Writes `biome.layers.json`, the linter's import rules, from the table in `layers.mjs`: `node scripts/importRules.mjs`. A unit test holds it up to date. */

import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FEATURES, FOLDERS, LAYERS, PACKAGES } from './layers.mjs'
import { ROOT } from './run.mjs'

export const RULES_FILE = 'biome.layers.json'
const OUTSIDE_SRC = ['offline', 'bench', 'e2e', 'scripts']

/** @param {readonly string[]} names */
const oneOf = (names) => (names.length === 1 ? `${names[0]}` : `{${names.join(',')}}`)

/** Paths in the text of an import, from whatever depth. @param {string} prefix @param {readonly string[]} names */
const folders = (prefix, names) => (names.length === 0 ? [] : [`${prefix}${oneOf(names)}`, `${prefix}${oneOf(names)}/**`])

/** @param {import('./layers.mjs').Layer} layer */
function refusedPaths({ files, may, besides = [] }) {
  const [first = ''] = files
  const refused = FOLDERS.filter((folder) => !may.includes(folder))
  const feature = /^src\/features\/(\w+)\//.exec(first)?.[1]
  const others = feature ? FEATURES.filter((name) => name !== feature && name !== 'ui') : []
  const isInSrc = first.startsWith('src/')
  const above = isInSrc ? (first === 'src/main.tsx' ? '**/' : '../**/') : '../**/src/'
  return [
    ...['../', '../../', '../../../'].flatMap((prefix) => folders(prefix, others)),
    ...folders(above, refused),
    ...folders('../**/', isInSrc ? OUTSIDE_SRC : besides),
    ...may.filter((path) => path.includes('/')).flatMap((path) => [`!${above}${path}`, `!${above}${path}/**`]),
  ]
}

/** @param {import('./layers.mjs').Layer} layer */
function refusedPackages({ packages }) {
  const names = Object.entries(PACKAGES).flatMap(([group, members]) =>
    packages.includes(/** @type {keyof typeof PACKAGES} */ (group)) ? [] : members,
  )
  return [...folders('', names), '!zustand/vanilla']
}

/** @param {import('./layers.mjs').Layer} layer */
function override(layer) {
  const options = { patterns: [{ group: [...refusedPaths(layer), ...refusedPackages(layer)], message: layer.says }] }
  return { includes: [...layer.files], linter: { rules: { style: { noRestrictedImports: { level: 'error', options } } } } }
}

/** The text of the file. */
export function importRules() {
  return `${JSON.stringify({ overrides: LAYERS.map(override) }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(resolve(ROOT, RULES_FILE), importRules())
