import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FaceRow, openFaceFolder, type ReportLine } from './faceFolder'

const SETTINGS = { sizePx: 256, minFacePx: 160, maxYawDegrees: 30, maxPitchDegrees: 25, detector: 'human 3' }
const row = (name: string): FaceRow => ({ name, landmarks68: [], yaw: 0, pitch: 0, attributes: {} })
const kept = (name: string): ReportLine => ({ file: `${name}.jpg`, sha256: name, name, reason: null, detail: '' })

let out = ''
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'faces-'))
})
afterEach(() => rmSync(out, { recursive: true }))
const text = (file: string) => readFileSync(path.join(out, file), 'utf8')

describe('openFaceFolder', () => {
  it('goes on where an interrupted run stopped, without a face twice', () => {
    const first = openFaceFolder(out, SETTINGS)
    first.add(kept('1'), row('1'))
    first.add({ ...kept('2'), name: null, reason: 'noFace' }, null)
    // Killed while the row of the third face was written, and after the row but before the line of the fourth.
    appendFileSync(path.join(out, 'faces.jsonl'), `${JSON.stringify(row('4'))}\n{"name":"3","la`)
    const second = openFaceFolder(out, SETTINGS)
    expect(second.report.map(({ file }) => file)).toEqual(['1.jpg', '2.jpg'])
    second.add(kept('3'), row('3'))
    second.add(kept('4'), row('4'))
    const names = text('faces.jsonl')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as FaceRow).name)
    expect(names).toEqual(['1', '4', '3'])
  })

  it('adds new faces to an edited split and leaves the rest of it alone', () => {
    const folder = openFaceFolder(out, SETTINGS)
    for (const name of ['1', '2', '20']) folder.add(kept(name), row(name))
    expect(folder.finish()).toEqual({ train: ['1', '2'], validation: ['20'], leftOut: [] })
    writeFileSync(path.join(out, 'split.json'), JSON.stringify({ train: ['1'], validation: ['20'], leftOut: ['2'] }))
    folder.add(kept('40'), row('40'))
    expect(folder.finish()).toEqual({ train: ['1'], validation: ['20', '40'], leftOut: ['2'] })
    expect(JSON.parse(text('split.json'))).toEqual({ train: ['1'], validation: ['20', '40'], leftOut: ['2'] })
  })

  it('refuses to mix faces made with other settings', () => {
    openFaceFolder(out, SETTINGS)
    expect(() => openFaceFolder(out, { ...SETTINGS, sizePx: 512 })).toThrow('other settings')
  })
})
