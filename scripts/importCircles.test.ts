/** No module reaches itself through its imports, types included: what cannot be read from top to bottom cannot be taken apart. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './run.mjs'

const FOLDERS = ['src', 'offline', 'bench', 'e2e', 'scripts', 'bin']
const IS_CODE = /\.(ts|tsx|mjs)$/
const IMPORT = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm

type Graph = ReadonlyMap<string, readonly string[]>

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return IS_CODE.test(entry.name) ? [path] : []
  })
}

const resolved = (from: string, specifier: string): string | undefined => {
  const path = resolve(dirname(from), specifier)
  return [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find((candidate) => IS_CODE.test(candidate) && existsSync(candidate))
}

function importGraph(files: readonly string[], read = (file: string) => readFileSync(file, 'utf8'), find = resolved): Graph {
  return new Map(
    files.map((file) => [file, [...read(file).matchAll(IMPORT)].flatMap(([, specifier = '']) => find(file, specifier) ?? [])] as const),
  )
}

/** A circle as the files on it, or `null`. */
function circleIn(graph: Graph): string[] | null {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return null
    path.push(file)
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next)
      if (circle) return circle
    }
    path.pop()
    done.add(file)
    return null
  }
  for (const file of graph.keys()) {
    const circle = visit(file)
    if (circle) return circle
  }
  return null
}

describe('imports', () => {
  it('of the whole house have no circle', () => {
    const files = FOLDERS.flatMap((folder) => filesUnder(resolve(ROOT, folder)))
    const graph = importGraph(files)
    expect([...graph.values()].flat().length).toBeGreaterThan(500)
    expect(circleIn(graph)?.map((file) => relative(ROOT, file))).toBeUndefined()
  })

  it('are searched through types and re-exports', () => {
    const texts: Record<string, string> = {
      a: "import type { B } from './b'\n",
      b: "export {\n  c,\n} from './c'\n",
      c: "import './a'\n",
    }
    const graph = importGraph(
      Object.keys(texts),
      (file) => texts[file] ?? '',
      (_from, specifier) => specifier.slice(2),
    )
    expect(circleIn(graph)).toEqual(['a', 'b', 'c', 'a'])
  })
})
