import { describe, expect, it } from 'vitest'
import { parseCommand } from './arguments'
import { UsageError } from './usageError'

describe('parseCommand', () => {
  it('reads one drawing and one face with options anywhere', () => {
    expect(
      parseCommand(['generate', '--json', 'a.png', '-m', 'live', 'b.png', '--look', 'plain', '--backend', 'cpu', '-t', 'jaw=1']),
    ).toEqual({
      kind: 'generate',
      jobs: [{ sketch: 'a.png', face: 'b.png' }],
      outputFolder: null,
      modelId: 'live',
      look: 'plain',
      tolerance: 'jaw=1',
      places: true,
      backend: 'cpu',
      models: null,
      json: true,
    })
  })

  it('names the faces of a batch after their sketches', () => {
    const command = parseCommand(['generate', 'x/a.png', 'b.PNG', 'c', '-o', 'out/'])
    expect(command).toMatchObject({
      outputFolder: 'out/',
      jobs: [
        { sketch: 'x/a.png', face: 'out/a.png' },
        { sketch: 'b.PNG', face: 'out/b.png' },
        { sketch: 'c', face: 'out/c.png' },
      ],
    })
  })

  it.each([['--help'], ['-h'], ['help'], ['generate', '--help']])('knows help: %s %s', (...args) => {
    expect(parseCommand(args)).toEqual({ kind: 'help' })
  })

  it.each([
    [[], 'command is missing'],
    [['paint'], 'unknown command "paint"'],
    [['generate'], 'needs a sketch'],
    [['generate', 'a.png'], 'a file for the face'],
    [['generate', 'a.png', 'b.png', 'c.png'], '--out DIR'],
    [['generate', '--out', 'd'], 'needs a sketch'],
    [['generate', '-', '--out', 'd'], 'no name'],
    [['generate', 'x/a.png', 'y/a.png', '--out', 'd'], 'd/a.png'],
    [['generate', 'a.png', '-', '--json'], 'exclude each other'],
    [['generate', 'a.png', 'b.png', '--backend', 'webgpu'], 'wasm or cpu'],
    [['generate', 'a.png', 'b.png', '--nonsense'], '--nonsense'],
    [['models', 'x'], 'unexpected argument'],
  ])('refuses %j', (args, reason) => {
    expect(() => parseCommand(args)).toThrow(UsageError)
    expect(() => parseCommand(args)).toThrow(reason)
  })
})
