import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInstalled } from './install.mjs'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'install-'))
  await mkdir(join(root, 'node_modules'))
})

afterEach(() => rm(root, { recursive: true }))

const WANTED = {
  '': { version: '0.1.0' },
  'node_modules/react': { version: '19.3.1' },
  'node_modules/binary-for-another-system': { version: '1.0.0', optional: true },
}

async function isInstalledWith(present: object | null): Promise<boolean> {
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: WANTED }))
  if (present) await writeFile(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }))
  return isInstalled(root)
}

describe('whether the dependencies are installed', () => {
  it('is false in a fresh clone', async () => {
    expect(await isInstalledWith(null)).toBe(false)
  })

  it('is true once npm has installed them, other systems’ binaries aside', async () => {
    expect(await isInstalledWith({ 'node_modules/react': { version: '19.3.1' } })).toBe(true)
  })

  it('is false when the lock file has moved on', async () => {
    expect(await isInstalledWith({ 'node_modules/react': { version: '19.3.0' } })).toBe(false)
  })

  it('is false when a package was added', async () => {
    expect(await isInstalledWith({})).toBe(false)
  })
})
