/** Which faces are kept for validation: every twentieth by its number, or by a hash of a name that is no number (as in `pipeline/split.py`). */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'

const VALIDATION_EVERY = 20
/** 100 is a multiple of 20. */
const DIGITS_THAT_COUNT = 2

/** `split.json` beside `faces.jsonl`, for a person to edit. */
export interface Split {
  train: string[]
  validation: string[]
  /** Faces that take no part, such as bad crops. */
  leftOut: string[]
}

/** The number that the split goes by. */
export function splitNumber(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : createHash('sha256').update(name).digest().readUInt32BE(0)
}

/** Whether the rule keeps a face for validation. Long numbers lose their last digits as floats, and these are what counts. */
export const isValidationName = (name: string): boolean =>
  splitNumber(/^\d+$/.test(name) ? name.slice(-DIGITS_THAT_COUNT) : name) % VALIDATION_EVERY === 0

/** Puts the names that are new to the split into it; the others stay where they are. At least one of two faces validates. */
export function extendSplit({ train, validation, leftOut }: Split, names: readonly string[]): Split {
  const known = new Set([...train, ...validation, ...leftOut])
  const added = names.filter((name) => !known.has(name))
  const training = [...train, ...added.filter((name) => !isValidationName(name))].sort()
  const validating = [...validation, ...added.filter(isValidationName)].sort()
  if (validating.length === 0 && training.length > 1) {
    const lowest = training.reduce((a, b) => (splitNumber(b) < splitNumber(a) ? b : a))
    return { train: training.filter((name) => name !== lowest), validation: [lowest], leftOut }
  }
  return { train: training, validation: validating, leftOut }
}

/** A split file; empty lists where there is none. */
export function readSplit(file: string): Split {
  const split = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Split>) : {}
  return { train: split.train ?? [], validation: split.validation ?? [], leftOut: split.leftOut ?? [] }
}
