/**
 * The licences of everything that ships: production dependencies from package-lock.json with the licence texts in node_modules.
 * Run directly it lists them and fails where one is not allowed; the build puts the texts into dist/licences.txt.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PlainError, ROOT, runMain } from './run.mjs'

/** Permissive licences that let an Apache-2.0 program carry the code. */
const ALLOWED = new Set(['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'Zlib'])

/** @typedef {{ name: string, version: string, licence: string, folder: string }} Dependency */

/** @returns {Dependency[]} every production dependency, direct or not, by name */
export function productionDependencies() {
  /** @type {{ packages: Record<string, { version?: string, license?: string, dev?: boolean }> }} */
  const lock = JSON.parse(readFileSync(resolve(ROOT, 'package-lock.json'), 'utf8'))
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev)
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version ?? '',
      licence: entry.license ?? '',
      folder: resolve(ROOT, path),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * Whether an SPDX expression leaves an allowed choice.
 * @param {string} expression such as `MIT` or `(MIT OR GPL-3.0-only)`
 */
export function isAllowed(expression) {
  const plain = expression.replace(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => ALLOWED.has(licence.trim())))
}

/** @param {Dependency} dependency */
function licenceText({ folder, licence }) {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)) : []
  if (names.length > 0) return names.map((name) => readFileSync(resolve(folder, name), 'utf8').trim()).join('\n\n')
  if (licence === 'Apache-2.0') return 'Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0'
  return `Licensed under ${licence}.`
}

/** The text file that goes with a build. */
export function thirdPartyNotices() {
  const ruler = '-'.repeat(80)
  const entries = productionDependencies().map(
    (dependency) => `${ruler}\n${dependency.name} ${dependency.version} (${dependency.licence})\n\n${licenceText(dependency)}\n`,
  )
  return `face-studio is made with the following packages.\n\n${entries.join('\n')}`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const dependencies = productionDependencies()
    for (const { name, version, licence } of dependencies) console.log(`${name} ${version}  ${licence || 'no licence named'}`)
    const refused = dependencies.filter(({ licence }) => !isAllowed(licence))
    if (refused.length > 0) throw new PlainError(`Not allowed: ${refused.map(({ name, licence }) => `${name} (${licence})`).join(', ')}`)
  })
}
