import { describe, expect, it } from 'vitest'
import { parseCommand } from './arguments'
import { UsageError } from './usageError'

const DIGEST = 'ab'.repeat(32)

describe('the commands of a case', () => {
  it('read a file and their own options', () => {
    expect(parseCommand(['verify', 'a.json'])).toEqual({ kind: 'verify', file: 'a.json', digest: null, json: false })
    expect(parseCommand(['--json', 'verify', 'a.facecase', '--digest', DIGEST.toUpperCase().replace(/(.{8})/g, '$1 ')])).toEqual({
      kind: 'verify',
      file: 'a.facecase',
      digest: DIGEST,
      json: true,
    })
    expect(parseCommand(['reproduce', 'a', '--version', 'Fuller brows', '--backend', 'cpu', '-o', 'out', '--models', 'm'])).toEqual({
      kind: 'reproduce',
      file: 'a',
      version: 'Fuller brows',
      backend: 'cpu',
      models: 'm',
      outputFolder: 'out',
      json: false,
    })
  })

  it('leave --version to the command elsewhere', () => {
    expect(parseCommand(['--version'])).toEqual({ kind: 'version' })
    expect(parseCommand(['verify', '--help'])).toEqual({ kind: 'help' })
  })

  it.each([
    [['verify'], 'needs an exported log or a case'],
    [['reproduce', 'a', 'b'], 'takes one file'],
    [['verify', 'a', '--version', 'x'], 'no option --version'],
    [['reproduce', 'a', '--digest', DIGEST], 'no option --digest'],
    [['verify', 'a', '--digest', 'abcd'], 'at least the first 32'],
    [['verify', 'a', '--digest', 'x'.repeat(64)], '64 hexadecimal digits'],
    [['reproduce', 'a', '--backend', 'webgl'], 'wasm or cpu'],
    [['verify', 'a', '--passphrase', 'secret'], '--passphrase'],
  ])('refuse %j', (args, reason) => {
    expect(() => parseCommand(args)).toThrow(UsageError)
    expect(() => parseCommand(args)).toThrow(reason)
  })
})
