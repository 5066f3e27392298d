/** Checkpoints of training on the disk, one for each run: the newest takes the place of the one before it, wholly or not at all. */

import { openTables } from './openTables'
import type { TrainingCheckpointRow } from './rows'
import { TRAINING_CHECKPOINTS } from './tables'

export interface TrainingCheckpoints {
  /** When it resolves, the checkpoint is on disk. Rejects with `storage-full` where there is no room; the one before it is then still there. */
  save(row: TrainingCheckpointRow): Promise<void>
  /** `null` when there is none, or nothing can be made of it. */
  load(runId: string): Promise<TrainingCheckpointRow | null>
  remove(runId: string): Promise<void>
  close(): void
}

/** For a worker: it sees no other table. Rejects with `storage-unavailable` where nothing can be kept. */
export async function openTrainingCheckpoints(databaseName?: string): Promise<TrainingCheckpoints> {
  const database = await openTables([TRAINING_CHECKPOINTS], databaseName)
  return {
    save: (row) => database.write([TRAINING_CHECKPOINTS], (rows) => rows.put(TRAINING_CHECKPOINTS, row)),
    load: async (runId) => (await database.read([TRAINING_CHECKPOINTS], (rows) => rows.get(TRAINING_CHECKPOINTS, runId))) ?? null,
    remove: (runId) => database.write([TRAINING_CHECKPOINTS], (rows) => rows.remove(TRAINING_CHECKPOINTS, runId)),
    close: () => database.close(),
  }
}
