import { existsSync, linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../shared/errors'
import { readWhole, writeWhole } from './files'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'face-studio-files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => path.join(folder, name)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('writing', () => {
  it('replaces a file whole, keeps its mode, and leaves nothing beside it', async () => {
    writeFileSync(at('old'), 'before', { mode: 0o600 })
    await writeWhole(at('old'), bytes('after'), [])
    expect(readFileSync(at('old'), 'utf8')).toBe('after')
    expect(statSync(at('old')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['old'])
  })

  it('leaves other names of the same file alone, and follows a link to where it leads', async () => {
    writeFileSync(at('first'), 'kept')
    linkSync(at('first'), at('second'))
    await writeWhole(at('second'), bytes('new'), [])
    expect(readFileSync(at('first'), 'utf8')).toBe('kept')
    symlinkSync(at('first'), at('way'))
    await writeWhole(at('way'), bytes('through'), [])
    expect(readFileSync(at('first'), 'utf8')).toBe('through')
  })

  it('refuses to replace a sketch, by whatever name', async () => {
    writeFileSync(at('sketch'), 'drawing')
    linkSync(at('sketch'), at('hard'))
    symlinkSync(at('sketch'), at('soft'))
    for (const name of ['sketch', 'hard', 'soft']) {
      await expect(writeWhole(at(name), bytes('face'), [at('other'), at('sketch')])).rejects.toThrow('would overwrite the sketch')
    }
    expect(readFileSync(at('sketch'), 'utf8')).toBe('drawing')
  })

  it.runIf(existsSync('/dev/full'))('says in a sentence that a disk is full', async () => {
    await expect(writeWhole('/dev/full', bytes('face'), [])).rejects.toThrow('/dev/full cannot be written: no space left')
  })
})

describe('reading', () => {
  it.runIf(existsSync('/dev/zero'))('ends at a limit where a source does not', async () => {
    await expect(readWhole('/dev/zero')).rejects.toBeInstanceOf(StudioError)
  })

  it('reads a file whole, and says what is wrong with one that cannot be opened', async () => {
    writeFileSync(at('plain'), 'text')
    expect(new TextDecoder().decode(await readWhole(at('plain')))).toBe('text')
    await expect(readWhole(at('missing'))).rejects.toThrow('no such file or folder')
    await expect(readWhole(folder)).rejects.toThrow('it is a folder')
  })
})
