import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/usageError'
import { MEASURES } from './measures'
import { OPTIONS, parseOptions, USAGE } from './options'

describe('parseOptions', () => {
  it('judges the live model on the whole validation set by default', () => {
    expect(parseOptions([])).toMatchObject({ models: ['live'], facesDir: null, faces: null, measures: [], calibrate: false, json: false })
  })

  it('takes a folder, a number of faces and measures', () => {
    const options = parseOptions(['--faces-dir', 'runs/x', '--faces', '8', '--measure', 'faithful', '--json'])
    expect(options).toMatchObject({ facesDir: 'runs/x', faces: 8, measures: ['faithful'], json: true })
  })

  it('takes several models, data folders and measures', () => {
    const options = parseOptions(['--models-list', 'live,fine', '--data', 'a,b', '--data', 'c', '--measure', 'local,edits'])
    expect(options).toMatchObject({ models: ['live', 'fine'], data: ['a', 'b', 'c'], measures: ['local', 'edits'] })
    expect(parseOptions(['--all']).models).toBe('all')
  })

  it('writes the document after measuring, or alone', () => {
    expect(parseOptions(['--write-docs'])).toMatchObject({ writesDocs: true, measuresNothing: false })
    expect(parseOptions(['--docs-only'])).toMatchObject({ writesDocs: true, measuresNothing: true })
  })

  it('refuses what it does not know', () => {
    for (const argv of [['--faces', 'few'], ['--faces', '0'], ['--fases-dir', 'x'], ['left over'], ['--all', '--model', 'live']]) {
      expect(() => parseOptions(argv)).toThrow(UsageError)
    }
  })

  it('explains every option and names every measure', () => {
    for (const option of Object.keys(OPTIONS)) expect(USAGE).toContain(`--${option} `)
    for (const { id } of MEASURES) expect(USAGE).toContain(id)
  })
})
