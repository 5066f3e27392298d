/** Reference pictures, one a sketch; they go with it when it is copied or purged. */

import type { Database } from './database'
import { REFERENCES, type ReferencePicture } from './referenceTable'

export interface ReferenceLibrary {
  load(sketchId: string): Promise<ReferencePicture | null>
  /** `null` takes it away. Rejects with `storage-full` or `storage-unavailable`. */
  save(sketchId: string, reference: ReferencePicture | null): Promise<void>
}

export function openReferences(database: Database): ReferenceLibrary {
  return {
    load: async (sketchId) => {
      const row = await database.read([REFERENCES], (rows) => rows.get(REFERENCES, sketchId))
      if (!row) return null
      const { sketchId: _, ...reference } = row
      return reference
    },
    save: async (sketchId, reference) => {
      await database.write([REFERENCES], async (rows) => {
        if (reference) await rows.put(REFERENCES, { ...reference, sketchId })
        else await rows.remove(REFERENCES, sketchId)
      })
    },
  }
}
