import { describe, expect, it } from 'vitest'
import { parseOptions, USAGE, UsageError } from './options'

describe('parseOptions', () => {
  it('judges the live model on the whole validation set by default', () => {
    expect(parseOptions([])).toMatchObject({ model: 'live', facesDir: null, faces: null, measures: [], calibrate: false, json: false })
  })

  it('takes a folder, a number of faces and measures', () => {
    const options = parseOptions(['--faces-dir', 'runs/x', '--faces', '8', '--measure', 'faithful', '--json'])
    expect(options).toMatchObject({ facesDir: 'runs/x', faces: 8, measures: ['faithful'], json: true })
  })

  it('refuses what it does not know', () => {
    for (const argv of [['--faces', 'few'], ['--faces', '0'], ['--fases-dir', 'x'], ['left over']]) {
      expect(() => parseOptions(argv)).toThrow(UsageError)
    }
  })

  it('explains every option', () => {
    for (const option of [
      'model',
      'models',
      'faces-dir',
      'data',
      'doodles',
      'looks',
      'faces',
      'measure',
      'out',
      'json',
      'calibrate',
      'help',
    ]) {
      expect(USAGE).toContain(`--${option} `)
    }
  })
})
