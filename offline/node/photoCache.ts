/** What was found on true photos, kept between runs: a photo never changes, and half of an evaluation would go into looking at the same ones again. */

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface PhotoCache<T> {
  /** What `find` gives for this photo (by its content) and this question, asked once. `null` is remembered too. */
  of(photoPath: string, question: string, find: () => Promise<T>): Promise<T>
  /** Writes what was added. */
  save(): void
}

/** Written after so many additions as well, so that a run which is broken off was not for nothing. */
const SAVE_EVERY = 100

/** @param id what finds, with which settings; entries of another one are dropped. A broken file is begun anew. */
export function photoCache<T>(file: string, id: string): PhotoCache<T> {
  const entries = readEntries<T>(file, id)
  const hashes = new Map<string, string>()
  let added = 0
  const save = () => {
    if (added === 0) return
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify({ id, entries }))
    renameSync(`${file}.new`, file)
    added = 0
  }
  const hashOf = (photoPath: string): string => {
    const known = hashes.get(photoPath) ?? createHash('sha256').update(readFileSync(photoPath)).digest('hex')
    hashes.set(photoPath, known)
    return known
  }
  return {
    async of(photoPath, question, find) {
      const key = question ? `${hashOf(photoPath)} ${question}` : hashOf(photoPath)
      if (key in entries) return entries[key] as T
      const found = await find()
      entries[key] = found
      if (++added >= SAVE_EVERY) save()
      return found
    },
    save,
  }
}

function readEntries<T>(file: string, id: string): Record<string, T> {
  if (!existsSync(file)) return {}
  try {
    const cache = JSON.parse(readFileSync(file, 'utf8')) as { id?: string; entries?: Record<string, T> }
    return cache.id === id && cache.entries ? cache.entries : {}
  } catch {
    return {}
  }
}
