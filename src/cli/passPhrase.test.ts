import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { passPhrase } from './passPhrase'
import { UsageError } from './usageError'

function terminal(typed: string) {
  const modes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (isRaw: boolean) => modes.push(isRaw) })
  setTimeout(() => stdin.write(typed), 5)
  return { stdin, modes }
}

describe('the pass phrase of a case', () => {
  it('comes from the environment first', async () => {
    const { stdin } = terminal('typed\r')
    const asked: string[] = []
    const environment = { FACE_STUDIO_PASSPHRASE: 'seven quiet herons' }
    expect(await passPhrase({ environment, stdin, ask: (question) => asked.push(question) })).toBe('seven quiet herons')
    expect(asked).toEqual([])
  })

  it('is typed without being shown, and the terminal is as before', async () => {
    const { stdin, modes } = terminal('sevn\u007fen quiet h\u00e9rons\r')
    const shown: string[] = []
    expect(await passPhrase({ environment: {}, stdin, ask: (text) => shown.push(text) })).toBe('seven quiet hérons')
    expect(shown.join('')).toBe('Pass phrase: \n')
    expect(modes).toEqual([true, false])
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['nothing', '\r'],
  ])('is not there after %s', async (_name, typed) => {
    const { stdin, modes } = terminal(typed)
    await expect(passPhrase({ environment: {}, stdin, ask: () => undefined })).rejects.toThrow('no pass phrase was given')
    expect(modes.at(-1)).toBe(false)
  })

  it('is not read from a pipe', async () => {
    const stdin = new PassThrough()
    await expect(passPhrase({ environment: {}, stdin, ask: () => undefined })).rejects.toThrow(UsageError)
  })
})
