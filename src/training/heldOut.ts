/** What a run makes of held-out pictures: the sample grid, and how far from what they should be. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { PlainPicture } from '../shared/augment'
import { StudioError } from '../shared/errors'
import type { MethodDefinition } from './definition'
import { plainOf, type ShownItem } from './pictures'
import type { Trainer } from './trainer'

/** Rows of the sample grid, and pictures that the figure is of. */
export const MOST_ROWS = 4
const MOST_MEASURED = 8
/** What was made, and what it should be. */
const [MADE, WANTED] = ['fake_B', 'real_B']
/** A picture whose brightness varies less than this (of 1) is one colour. */
const FLAT = 0.01

export interface HeldOutAnswer {
  readonly rows: readonly Readonly<Record<string, PlainPicture>>[]
  /** Mean absolute difference in 1/255; `null` where it is not known what the pictures should be. */
  readonly l1: number | null
}

/** @param pause between two pictures: a pass takes as long as a step */
export async function answerHeldOut(
  definition: MethodDefinition,
  trainer: Trainer,
  items: readonly ShownItem[],
  pause: () => Promise<void>,
): Promise<HeldOutAnswer> {
  const rows: Record<string, PlainPicture>[] = []
  const differences: number[] = []
  for (const item of items.slice(0, MOST_MEASURED)) {
    const made = await sampleOf(definition, trainer, item)
    if (rows.length < MOST_ROWS) rows.push(made)
    if (made[MADE] && made[WANTED]) differences.push(difference(made[MADE], made[WANTED]))
    await pause()
  }
  return { rows, l1: differences.length > 0 ? differences.reduce((sum, x) => sum + x, 0) / differences.length : null }
}

/** Notices when pictures that were some become one flat colour. A run from nothing begins with such, and may. */
export class HealthGuard {
  private readonly definition: MethodDefinition
  private readonly trainer: Trainer
  private readonly item: ShownItem
  private wasVaried = false

  constructor(definition: MethodDefinition, trainer: Trainer, item: ShownItem) {
    this.definition = definition
    this.trainer = trainer
    this.item = item
  }

  /** @throws StudioError `training-diverged` */
  async check(): Promise<void> {
    const { [MADE]: made } = await sampleOf(this.definition, this.trainer, this.item)
    const isVaried = !made || spreadOf(made) >= FLAT
    if (this.wasVaried && !isVaried)
      throw new StudioError(
        'training-diverged',
        `The training collapsed by step ${this.trainer.step}: the pictures have become one flat colour. The last good checkpoint is kept. Go on from it with lower learning rates.`,
      )
    this.wasVaried = isVaried
  }
}

async function sampleOf(definition: MethodDefinition, trainer: Trainer, item: ShownItem): Promise<Record<string, PlainPicture>> {
  const tensors = tf.tidy(() => definition.sample(item, (role, inputs) => trainer.answer(role, inputs)))
  try {
    const entries = Object.entries(tensors).map(async ([name, tensor]) => [name, await plainOf(tensor as Tensor4D)] as const)
    return Object.fromEntries(await Promise.all(entries))
  } finally {
    tf.dispose(Object.values(tensors))
  }
}

function difference(a: PlainPicture, b: PlainPicture): number {
  let sum = 0
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] as number) - (b.data[i] as number))
  return sum / a.data.length
}

/** Standard deviation of the bytes, 0–1. */
function spreadOf({ data }: PlainPicture): number {
  let [sum, squares] = [0, 0]
  for (const value of data) {
    sum += value
    squares += value * value
  }
  const mean = sum / data.length
  return Math.sqrt(Math.max(0, squares / data.length - mean * mean)) / 255
}
