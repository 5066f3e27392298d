import 'fake-indexeddb/auto'
// biome-ignore lint/style/noRestrictedImports: stands in for the browser's decoder, in tests alone
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { HOSTILE_FILES } from '../../../tests/hostile/files'
import { StudioError } from '../../shared/errors'
import { openStorage } from '../storage'
import { documentOf, freshDatabaseName, lockTable } from '../testing'
import { importFile } from './importFile'
import type { ImportOptions } from './types'

const decodeImage: ImportOptions['decodeImage'] = async (file) => {
  const { width, height, data } = PNG.sync.read(Buffer.from(await file.arrayBuffer()))
  return { width, height, data: Uint8ClampedArray.from(data) }
}

describe('hostile and broken files', () => {
  it('are at least 20, each under its own name', () => {
    expect(HOSTILE_FILES.length).toBeGreaterThanOrEqual(20)
    expect(new Set(HOSTILE_FILES.map(({ name }) => name)).size).toBe(HOSTILE_FILES.length)
  })

  it.each(HOSTILE_FILES)('$name ($why) is refused with a sentence that helps', async ({ name, mime, code, says, bytes }) => {
    const file = new File([bytes()], name, { type: mime })
    const error: unknown = await importFile(file, { decodeImage }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StudioError)
    expect(error).toMatchObject({ code, message: expect.stringContaining(says) })
    const { message } = error as StudioError
    // What is wrong, then what to do: more than one sentence, or a reason and its consequence, and never a stack.
    expect(message).toMatch(/[.,;:] .*(?:hoose|ave|xport|mport|pen|pdate|implify|ake|try|ngroup)/su)
    expect(message.length).toBeLessThan(400)
  })

  it('change nothing in the database and pollute nothing', async () => {
    const storage = await openStorage({ databaseName: freshDatabaseName(), locks: lockTable() })
    const session = await storage.sketches.create(documentOf('kept', ['a', 'b']))
    const state = async () => structuredClone({ list: await storage.sketches.list(), read: await storage.sketches.read('kept') })
    const before = await state()
    for (const { name, bytes } of HOSTILE_FILES) {
      await importFile(new File([bytes()], name), { decodeImage }).catch(() => undefined)
    }
    expect(await state()).toEqual(before)
    expect(session.document).toEqual(documentOf('kept', ['a', 'b']))
    expect(session.hasUnsaved).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
