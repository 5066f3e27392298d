import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import jpeg from 'jpeg-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { greyToRgba } from '../../../src/shared/image'
import { encodePng } from '../../node/imageFiles'
import { folderSource } from './folderSource'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'generated-'))
  const picture = greyToRgba(new Uint8Array(64).fill(7), 8)
  writeFileSync(path.join(folder, '010020.png'), encodePng(picture))
  writeFileSync(path.join(folder, '010040.jpg'), jpeg.encode({ ...picture, data: Buffer.from(picture.data) }).data)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('folderSource', () => {
  const request = (name: string) => ({ name, sketch: new Uint8ClampedArray(0), look: {}, tolerance: null, hold: null })

  it('gives the picture of a name, PNG or JPEG, and nothing where there is none', async () => {
    const source = folderSource(folder)
    expect(await source.generate(request('010020'))).toMatchObject({ width: 8, height: 8 })
    expect(await source.generate(request('010040'))).toMatchObject({ width: 8, height: 8 })
    expect(await source.generate(request('010060'))).toBeNull()
    expect(source.drawsAnySketch).toBe(false)
  })

  it('says so when there is no such folder', () => {
    expect(() => folderSource(path.join(folder, 'none'))).toThrow('not a folder')
  })
})
