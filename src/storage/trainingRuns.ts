/** Runs of training on the disk: what each was told, how far it is, its losses and its samples. Checkpoints have a table of their own (`trainingCheckpoints.ts`). */

import { openTables } from './openTables'
import { TRAINING_CHECKPOINTS } from './tables'
import type { TrainingRunRow, TrainingSampleRow } from './trainingRows'
import { TRAINING_RUNS, TRAINING_SAMPLES } from './trainingTables'

export interface TrainingRuns {
  /** Newest first. */
  list(): Promise<readonly TrainingRunRow[]>
  /** `null` when there is none (any more). */
  load(runId: string): Promise<TrainingRunRow | null>
  save(row: TrainingRunRow): Promise<void>
  /** In the order of their steps. */
  samples(runId: string): Promise<readonly TrainingSampleRow[]>
  saveSample(row: TrainingSampleRow): Promise<void>
  /** With its checkpoint and its samples. Models that were made of it stay. */
  remove(runId: string): Promise<void>
  close(): void
}

/** Rejects with `storage-unavailable` where nothing can be kept. */
export async function openTrainingRuns(databaseName?: string): Promise<TrainingRuns> {
  const database = await openTables([TRAINING_RUNS, TRAINING_SAMPLES, TRAINING_CHECKPOINTS], databaseName)
  return {
    list: async () => {
      const rows = await database.read([TRAINING_RUNS], (reader) => reader.all(TRAINING_RUNS))
      return rows.sort((a, b) => b.createdAt - a.createdAt)
    },
    load: async (runId) => (await database.read([TRAINING_RUNS], (rows) => rows.get(TRAINING_RUNS, runId))) ?? null,
    save: (row) => database.write([TRAINING_RUNS], (rows) => rows.put(TRAINING_RUNS, row)),
    samples: (runId) => database.read([TRAINING_SAMPLES], (rows) => rows.all(TRAINING_SAMPLES, { prefix: [runId] })),
    saveSample: (row) => database.write([TRAINING_SAMPLES], (rows) => rows.put(TRAINING_SAMPLES, row)),
    remove: (runId) =>
      database.write([TRAINING_RUNS, TRAINING_SAMPLES, TRAINING_CHECKPOINTS], async (rows) => {
        await rows.remove(TRAINING_RUNS, runId)
        await rows.remove(TRAINING_CHECKPOINTS, runId)
        await rows.remove(TRAINING_SAMPLES, { prefix: [runId] })
      }),
    close: () => database.close(),
  }
}
