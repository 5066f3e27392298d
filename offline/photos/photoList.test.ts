import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faceName, listPictures } from './photoList'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'photos-'))
  mkdirSync(path.join(folder, 'b/deep'), { recursive: true })
  mkdirSync(path.join(folder, '.thumbnails'))
  for (const file of ['z.JPG', 'a.png', 'b/deep/c.jpeg', 'b/d.heic', 'notes.txt', '.hidden.jpg', '.thumbnails/a.jpg'])
    writeFileSync(path.join(folder, file), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('listPictures', () => {
  it('finds photos in all folders, in a fixed order, and says which pictures it cannot read', () => {
    expect(listPictures(folder)).toEqual({ photos: ['a.png', 'b/deep/c.jpeg', 'z.JPG'], others: ['b/d.heic'] })
  })
})

describe('faceName', () => {
  it("is the photo's own name where that will do", () => {
    expect(faceName('000123.jpg', new Set())).toBe('000123')
    expect(faceName('Anna-2_b.png', new Set())).toBe('Anna-2_b')
  })

  it('is plain letters and never the same twice', () => {
    const names = ['a/b.jpg', 'a b.jpg', '小明.jpg', '小红.jpg'].map((file) => faceName(file, new Set()))
    expect(new Set(names).size).toBe(4)
    for (const name of names) expect(name).toMatch(/^[\w-]+$/)
    expect(faceName('x.png', new Set(['x']))).toMatch(/^x-[0-9a-f]{8}$/)
    expect(faceName('X.png', new Set(['x']))).not.toBe('X')
  })
})
