import { describe, expect, it } from 'vitest'
import { documentOf } from '../testing'
import { type AheadRecord, aheadRecord, packRecord, readRecords } from './aheadRecord'
import { openOwnRecords } from './ownRecords'
import { practiceRecord } from './practice'
import type { Slots } from './slots'

const record = (id: string): AheadRecord => aheadRecord(id, { document: documentOf(id, ['s1', 's2']), look: {}, tolerance: {} }, [], 1)

/** Remembers what lies in the slots, and how much was written for practice. */
function slots() {
  const seen = { text: '', practised: [] as string[], writes: 0 }
  const write = (text: string): void => {
    seen.text = text
    seen.writes++
  }
  const kept: Slots = { write, clear: () => write(''), practise: (text) => seen.practised.push(text) }
  return { seen, kept }
}

describe('the records of a page', () => {
  it('are all there after every call, and none after the last was dropped', () => {
    const { seen, kept } = slots()
    const records = openOwnRecords(kept)
    records.put(packRecord(record('a')))
    records.put(packRecord(record('b')))
    expect(readRecords(seen.text).map(({ sketchId }) => sketchId)).toEqual(['a', 'b'])
    records.drop('a')
    expect(readRecords(seen.text).map(({ sketchId }) => sketchId)).toEqual(['b'])
    records.drop('b')
    expect(seen.text).toBe('')
    records.drop('b')
    expect(seen.writes).toBe(4)
  })

  it('practice goes the whole way and leaves what is there, before the first stroke and after it', () => {
    const { seen, kept } = slots()
    const records = openOwnRecords(kept)
    records.practise(packRecord(practiceRecord(1)))
    expect(readRecords(seen.practised[0] ?? '')).toEqual([practiceRecord(1)])
    expect(seen).toMatchObject({ text: '', writes: 1 })
    records.put(packRecord(record('a')))
    records.practise(packRecord(practiceRecord(2)))
    expect(readRecords(seen.text)).toEqual([record('a')])
  })
})
