import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { photoCache } from './photoCache'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'photo-cache-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('photoCache', () => {
  const setup = () => {
    const photo = path.join(folder, 'photo.png')
    writeFileSync(photo, 'some bytes')
    let asked = 0
    const find = async (): Promise<number | null> => {
      asked++
      return null
    }
    return { photo, find, asked: () => asked, file: path.join(folder, 'cache/found.json') }
  }

  it('asks once for a photo and a question, in this run and the next', async () => {
    const { photo, find, asked, file } = setup()
    const first = photoCache<number | null>(file, 'a')
    await first.of(photo, '', find)
    await first.of(photo, '', find)
    await first.of(photo, 'darker', find)
    first.save()
    expect(await photoCache<number | null>(file, 'a').of(photo, '', find)).toBeNull()
    expect(asked()).toBe(2)
  })

  it('knows a photo by its content', async () => {
    const { photo, find, asked, file } = setup()
    writeFileSync(photo, 'other bytes')
    await photoCache<number | null>(file, 'a').of(photo, '', find)
    expect(asked()).toBe(1)
  })

  it('begins anew after other settings or with a broken file', async () => {
    const { photo, find, asked, file } = setup()
    const kept = photoCache<number | null>(file, 'a')
    await kept.of(photo, '', find)
    kept.save()
    const before = asked()
    await photoCache<number | null>(file, 'b').of(photo, '', find)
    writeFileSync(file, '{"id":')
    await photoCache<number | null>(file, 'a').of(photo, '', find)
    expect(asked()).toBe(before + 2)
  })
})
