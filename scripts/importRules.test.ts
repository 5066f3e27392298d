import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importRules, RULES_FILE } from './importRules.mjs'
import { FEATURES, FOLDERS } from './layers.mjs'
import { ROOT } from './run.mjs'

type Import = readonly [file: string, specifier: string]

const REFUSED: Import[] = [
  ['src/shared/a.ts', '../faces/parts'],
  ['src/shared/a.ts', '../workers/protocol'],
  ['src/shared/a.ts', 'react'],
  ['src/faces/a.ts', '../editor/document'],
  ['src/editor/a.ts', 'react'],
  ['src/editor/a.ts', 'konva'],
  ['src/editor/a.ts', '@tensorflow/tfjs-core'],
  ['src/editor/tools/a.ts', '../../storage/database'],
  ['src/editor/tools/a.ts', '../../features/studio/store'],
  ['src/models/a.ts', '../faces/look'],
  ['src/models/generators/a.ts', '../../inference/session'],
  ['src/models/generators/a.ts', 'comlink'],
  ['src/inference/a.ts', '../workers/client'],
  ['src/inference/a.ts', '../editor/document'],
  ['src/inference/a.ts', 'react-dom/client'],
  ['src/storage/a.ts', '../editor/createEditor'],
  ['src/storage/exchange/a.ts', '../../features/studio/store'],
  ['src/storage/a.ts', '@tensorflow/tfjs-core'],
  ['src/workers/client.ts', '../inference/session'],
  ['src/workers/protocol.ts', '../models/spec'],
  ['src/workers/protocol.ts', '@tensorflow/tfjs-core'],
  ['src/workers/inference.worker.ts', '../editor/document'],
  ['src/workers/inference.worker.ts', '../features/studio/store'],
  ['src/workers/inference.worker.ts', 'react'],
  ['src/features/studio/a.tsx', '../../models/generators'],
  ['src/features/studio/a.tsx', '../../inference/session'],
  ['src/features/studio/a.tsx', '../../workers/inference.worker'],
  ['src/features/studio/a.tsx', '../../app/App'],
  ['src/features/studio/a.tsx', '../../main'],
  ['src/features/studio/a.tsx', '../photos/Photos'],
  ['src/features/studio/panels/a.tsx', '../../lab/Lab'],
  ['src/features/studio/a.tsx', '@tensorflow/tfjs-core'],
  ['src/features/studio/a.tsx', 'idb'],
  ['src/features/photos/a.tsx', 'konva'],
  ['src/features/photos/a.tsx', 'react-konva'],
  ['src/features/photos/a.tsx', '../studio/store'],
  ['src/features/ui/a.tsx', '../studio/store'],
  ['src/features/ui/a.tsx', 'konva'],
  ['src/app/a.tsx', 'react-konva'],
  ['src/app/a.tsx', '../models/generators'],
  ['src/main.tsx', './models/generators'],
  ['src/main.tsx', './workers/inference.worker'],
  ['src/main.tsx', '@tensorflow/tfjs-core'],
  ['src/cli/a.ts', '../features/studio/store'],
  ['src/cli/a.ts', 'react'],
  ['src/cli/a.ts', '../storage/journal'],
  ['src/faces/a.ts', '../../offline/node/detector'],
  ['src/storage/ahead/a.ts', '../../workers/client'],
  ['offline/node/a.ts', '../evaluate/subject'],
  ['offline/node/a.ts', '../photos/main'],
  ['offline/node/inner/a.ts', '../../photos/main'],
  ['offline/evaluate/measures/a.ts', '../../photos/main'],
  ['offline/evaluate/measures/a.ts', '../../../src/features/studio/Studio'],
  ['offline/photos/a.ts', '../evaluate/subject'],
  ['offline/photos/a.ts', '../../src/storage/journal'],
  ['offline/photos/a.ts', 'react'],
  ['offline/lab/a.ts', '../photos/main'],
  ['offline/photos/a.ts', '../lab/main'],
  ['src/lab/a.ts', '../inference/session'],
  ['src/lab/a.ts', '@tensorflow/tfjs-core'],
  ['src/features/photos/a.tsx', '../../lab/spread'],
  ['src/features/lab/a.tsx', '@keckelt/tsne'],
  ['src/workers/labClient.ts', '../lab/projection'],
  ['bench/a.ts', '../src/app/App'],
  ['bench/a.ts', '../offline/node/detector'],
  ['bench/a.ts', 'ml-matrix'],
  ['scripts/a.mjs', '../src/shared/units'],
  ['src/witness/a.ts', '../storage/cases'],
  ['src/witness/a.ts', '../cases/entries'],
  ['src/witness/a.ts', 'react'],
]

const ALLOWED: Import[] = [
  ['src/faces/a.ts', '../shared/units'],
  ['src/editor/tools/a.ts', '../../faces/parts'],
  ['src/editor/tools/a.ts', '../history'],
  ['src/editor/a.ts', 'zustand/vanilla'],
  ['src/models/generators/a.ts', '@tensorflow/tfjs-core'],
  ['src/inference/a.ts', '../workers/protocol'],
  ['src/storage/a.ts', '../editor/document'],
  ['src/storage/a.ts', 'idb'],
  ['src/workers/client.ts', 'comlink'],
  ['src/workers/inference.worker.ts', '../inference/session'],
  ['src/features/studio/panels/a.tsx', '../../../workers/client'],
  ['src/features/studio/panels/a.tsx', '../../../storage/sketches'],
  ['src/features/studio/a.tsx', '../ui/Dialog'],
  ['src/features/studio/a.tsx', 'react-konva'],
  ['src/lab/a.ts', '@keckelt/tsne'],
  ['src/workers/lab.worker.ts', '../lab/projection'],
  ['src/workers/labProtocol.ts', '../lab/projectionTypes'],
  ['src/features/lab/a.tsx', '../../lab/spread'],
  ['src/app/screens/a.tsx', '../../features/lab/LabScreen'],
  ['offline/lab/a.ts', '../../src/lab/spread'],
  ['src/app/a.tsx', '../features/studio/Studio'],
  ['src/main.tsx', './app/App'],
  ['src/main.tsx', './workers/client'],
  ['src/cli/a.ts', '../storage/exchange/trace/traceImage'],
  ['src/cli/a.ts', 'jpeg-js'],
  ['src/inference/a.ts', 'valibot'],
  ['offline/node/a.ts', '../../src/faces/landmarks'],
  ['offline/evaluate/measures/a.ts', '../../node/detector'],
  ['offline/evaluate/measures/a.ts', '../../../src/inference/session'],
  ['offline/evaluate/a.ts', 'ml-matrix'],
  ['offline/photos/a.ts', '../node/detector'],
  ['bench/a.ts', '../scripts/server.mjs'],
  ['bench/a.ts', '../src/inference/session'],
]

/** Every pair of the features that exist, so that a new one without a rule does not pass. `ui` is what they share. */
function featurePairs(): Import[] {
  const folder = resolve(ROOT, 'src/features')
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return names.flatMap((name) => [
    [`src/features/${name}/pairs.tsx`, '../../models/anything'] as const,
    ...names
      .filter((other) => other !== name && other !== 'ui')
      .flatMap((other) => [
        [`src/features/${name}/pairs.tsx`, `../${other}/anything`] as const,
        [`src/features/${name}/inner/pairs.tsx`, `../../${other}/anything`] as const,
      ]),
  ])
}

let folder: string
/** `file:line` of every import that the linter refused. */
const refused = new Set<string>()
/** The imports of each file, one a line. */
const files = new Map<string, string[]>()

const isRefused = ([file, specifier]: Import) => refused.has(`${file}:${(files.get(file) ?? []).indexOf(specifier) + 1}`)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
  const { vcs: _noRepositoryHere, ...config } = JSON.parse(readFileSync(resolve(ROOT, 'biome.json'), 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
  writeFileSync(join(folder, RULES_FILE), importRules())
  for (const [file, specifier] of [...REFUSED, ...ALLOWED, ...featurePairs()]) files.set(file, [...(files.get(file) ?? []), specifier])
  for (const [file, specifiers] of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, file), specifiers.map((specifier) => `import '${specifier}'\n`).join(''))
  }
  const biome = resolve(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--reporter=github', '.']
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  for (const [, file, line] of stdout.matchAll(/^::error title=lint\/style\/noRestrictedImports,file=(.*?),line=(\d+),/gm)) {
    refused.add(`${file?.replace(`${folder}/`, '')}:${line}`)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('the import rules of the house', () => {
  it.each(REFUSED)('%s may not import %s', (...entry) => {
    expect(isRefused(entry)).toBe(true)
  })

  it.each(ALLOWED)('%s may import %s', (...entry) => {
    expect(isRefused(entry)).toBe(false)
  })

  it(`are what ${RULES_FILE} says (node scripts/importRules.mjs writes it)`, () => {
    expect(readFileSync(resolve(ROOT, RULES_FILE), 'utf8')).toBe(importRules())
  })

  it('have an entry for every feature and every folder of the studio', () => {
    const names = (path: string) =>
      readdirSync(resolve(ROOT, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    expect(names('src/features').filter((name) => !FEATURES.includes(name))).toEqual([])
    expect(names('src').filter((name) => !FOLDERS.includes(name))).toEqual([])
  })

  it('keep every pair of features apart, new ones included', () => {
    expect(featurePairs().filter((entry) => !isRefused(entry))).toEqual([])
  })
})
