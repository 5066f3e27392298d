import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaceSource } from '../../node/faceSource'
import { readEvaluation, type StoredMeasure, withMeasure } from './evaluation'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'evaluation-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const source = (id: string, fingerprint: string): FaceSource => ({
  id,
  name: id,
  role: 'live',
  fingerprint,
  label: id,
  sizePx: 256,
  drawsAnySketch: true,
  tolerance: null,
  lookFields: [],
  lookPresets: [],
  generate: async () => null,
  dispose() {},
})
const measure = (faces: number): StoredMeasure => ({ faces, date: '2026-01-01', references: [], rows: [], remarks: [], figures: null })

describe('the stored evaluation', () => {
  it('collects measures and models over runs', () => {
    const first = withMeasure(readEvaluation(path.join(folder, 'none.json')), source('live', 'a'), 'faithful', measure(53))
    const file = path.join(folder, 'evaluation.json')
    writeFileSync(file, JSON.stringify(first))
    const second = withMeasure(
      withMeasure(readEvaluation(file), source('live', 'a'), 'local', measure(10)),
      source('fine', 'b'),
      'local',
      measure(5),
    )
    expect(second.models.map(({ id, measures }) => [id, Object.keys(measures)])).toEqual([
      ['live', ['faithful', 'local']],
      ['fine', ['local']],
    ])
    expect(withMeasure(second, source('live', 'a'), 'local', measure(53)).models[0]?.measures.local?.faces).toBe(53)
  })

  it('drops the figures of other weights', () => {
    const first = withMeasure({ version: 2, models: [] }, source('live', 'a'), 'faithful', measure(53))
    const second = withMeasure(first, source('live', 'new'), 'local', measure(53))
    expect(Object.keys(second.models[0]?.measures ?? {})).toEqual(['local'])
  })

  it('begins anew with a file of another version', () => {
    const file = path.join(folder, 'old.json')
    writeFileSync(file, '{"source":"model live"}')
    expect(readEvaluation(file).models).toEqual([])
  })
})
