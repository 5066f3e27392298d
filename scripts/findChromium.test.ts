import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findChromium } from './findChromium.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chromium-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

/** A program that answers `--version` with the text, or fails. */
function program(name: string, body: string): string {
  const path = join(root, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return path
}

const WORKS = 'echo "Chromium 156.0"'
const STAND_IN = 'echo "This is only a pointer to a package." >&2; exit 1'

describe.skipIf(process.platform === 'win32')('finding a Chromium', () => {
  it('prefers the one that CHROMIUM_PATH names', () => {
    program('chromium', WORKS)
    const chosen = program('my-chromium', WORKS)
    vi.stubEnv('PATH', root + delimiter + dirname('/bin/sh'))
    vi.stubEnv('CHROMIUM_PATH', chosen)
    expect(findChromium()).toBe(chosen)
  })

  it('passes over a stand-in that does not start', () => {
    program('chromium', STAND_IN)
    const chrome = program('google-chrome', WORKS)
    vi.stubEnv('PATH', root)
    vi.stubEnv('CHROMIUM_PATH', '')
    expect(findChromium()).toBe(chrome)
  })

  it('passes over a CHROMIUM_PATH that is not there', () => {
    const installed = program('chromium', WORKS)
    vi.stubEnv('PATH', root)
    vi.stubEnv('CHROMIUM_PATH', join(root, 'nothing'))
    expect(findChromium()).toBe(installed)
  })
})
