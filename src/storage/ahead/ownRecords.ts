/** What the log holds for its own page: records by sketch → the text in the slots, whole after every call. */

import { type PackedRecord, writeRecords } from './aheadRecord'
import type { Slots } from './slots'

export interface OwnRecords {
  /** @throws when the disk is full */
  put(record: PackedRecord): void
  drop(sketchId: string): void
  /**
   * Goes the way of `put` without keeping anything: on a busy machine the first write takes many times as long as the later ones, because its code has yet
   * to be compiled and its file to be touched, and a page's first stroke must not wait for that.
   */
  practise(record: PackedRecord): void
}

export function openOwnRecords(slots: Slots): OwnRecords {
  const records = new Map<string, PackedRecord>()
  const writeAll = (): void => {
    if (records.size === 0) slots.clear()
    else slots.write(writeRecords([...records.values()]))
  }
  return {
    put: (record) => {
      records.set(record.sketchId, record)
      writeAll()
    },
    drop: (sketchId) => {
      if (records.delete(sketchId)) writeAll()
    },
    practise: (record) => {
      slots.practise(writeRecords([record]))
      // What is really there stays the newest.
      writeAll()
    },
  }
}
