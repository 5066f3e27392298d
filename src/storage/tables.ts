/** The tables of the studio's database. A new one is one more entry of `TABLES`, with the next schema version in `since`. */

import * as v from 'valibot'
import { LANDMARK_COUNT } from '../faces/landmarks'
import type { Look } from '../faces/look'
import { MEAN_FACE_PARTS } from '../faces/parts'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import { CASE_TABLES } from './caseTables'
import { HISTORY_TABLES } from './history/historyTables'
import type { EncodedPicture, PhotoSummary } from './photoTypes'
import { REFERENCES } from './referenceTable'
import type {
  DamagedRow,
  JournalRow,
  PhotoPictureRow,
  SettingRow,
  SketchRow,
  SnapshotRow,
  ThumbnailRow,
  TrainingCheckpointRow,
  TurnRow,
} from './rows'
import { declareTable, type Table } from './table'
import { TRAINING_TABLES } from './trainingTables'
import type { Thumbnail } from './types'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const time = v.pipe(v.number(), v.finite())
const lookValue = v.nullable(v.union([v.number(), v.string(), v.tuple([v.number(), v.number(), v.number()])]))
const look: v.GenericSchema<unknown, Look> = v.record(v.string(), lookValue)
/** `readToleranceChoice` takes out of it what it knows. */
const tolerance = v.custom<ToleranceChoice>((value) => typeof value === 'object' && value !== null)
const picture: v.GenericSchema<unknown, EncodedPicture> = v.object({
  mime: v.picklist(['image/png', 'image/webp', 'image/jpeg']),
  bytes: v.instance(Uint8Array<ArrayBuffer>),
})
const thumbnail: v.GenericSchema<unknown, Thumbnail | null> = v.nullable(picture)

/** What the list shows, and the one truth about name, tags, look and tolerance. */
export const SKETCHES: Table<SketchRow> = declareTable({
  name: 'sketches',
  key: 'id',
  since: 1,
  row: v.looseObject({
    id: v.string(),
    name: v.string(),
    tags: v.array(v.string()),
    createdAt: time,
    updatedAt: time,
    deletedAt: v.nullable(time),
    strokeCount: count,
    leftOut: v.exactOptional(v.array(v.picklist(MEAN_FACE_PARTS))),
    look,
    tolerance: v.exactOptional(tolerance),
    lastSeq: count,
  }),
  mends: {
    name: '',
    tags: [],
    createdAt: 0,
    updatedAt: 0,
    deletedAt: null,
    strokeCount: 0,
    leftOut: [],
    look: {},
    tolerance: {},
    lastSeq: 0,
  },
})

/** Strokes are read one by one when the sketch is opened (`recovery.ts`): here only what finds them counts. */
export const SNAPSHOTS: Table<SnapshotRow> = declareTable({
  name: 'snapshots',
  key: 'sketchId',
  since: 1,
  row: v.looseObject({ sketchId: v.string(), seq: count, document: v.custom<SnapshotRow['document']>(() => true) }),
  mends: { seq: 0 },
})

/** Deltas have their checksum. */
export const JOURNAL: Table<JournalRow> = declareTable({
  name: 'journal',
  key: ['sketchId', 'seq'],
  since: 1,
  row: v.looseObject({
    sketchId: v.string(),
    seq: count,
    at: time,
    delta: v.custom<JournalRow['delta']>(() => true),
    checksum: v.number(),
  }),
  mends: { at: 0, checksum: -1, delta: null },
})

export const THUMBNAILS: Table<ThumbnailRow> = declareTable({
  name: 'thumbnails',
  key: 'sketchId',
  since: 1,
  row: v.object({ sketchId: v.string(), sketch: thumbnail, face: thumbnail }),
  mends: { sketch: null, face: null },
})

/** Whoever asks for a setting checks its shape. */
export const SETTINGS: Table<SettingRow> = declareTable({
  name: 'settings',
  key: 'key',
  since: 1,
  row: v.object({ key: v.string(), value: v.unknown() }),
})

/** Rows that could not be read as they were, set aside before anything took their place. */
export const DAMAGED: Table<DamagedRow> = declareTable({
  name: 'damaged',
  key: ['table', 'key', 'at'],
  since: 2,
  row: v.object({ table: v.string(), key: v.string(), at: time, problems: v.array(v.string()), raw: v.unknown() }),
})

const number = v.pipe(v.number(), v.finite())
const place = v.tuple([number, number])
const landmarks = v.pipe(v.array(number), v.length(2 * LANDMARK_COUNT))
const face = v.object({
  square: v.object({ centre: place, halfX: place }),
  landmarks,
  found: landmarks,
  yawDegrees: number,
  pitchDegrees: number,
})

/** What the list of photos shows, with the faces that were found and corrected. */
export const PHOTOS: Table<PhotoSummary> = declareTable({
  name: 'photos',
  key: 'id',
  since: 3,
  row: v.looseObject({
    id: v.string(),
    name: v.string(),
    createdAt: time,
    updatedAt: time,
    deletedAt: v.nullable(time),
    width: count,
    height: count,
    faces: v.array(face),
    chosen: count,
    thumbnail,
  }),
  mends: { name: '', createdAt: 0, updatedAt: 0, deletedAt: null, faces: [], chosen: 0, thumbnail: null },
})

/** Apart from the list, which is read whole. */
export const PHOTO_PICTURES: Table<PhotoPictureRow> = declareTable({
  name: 'photoPictures',
  key: 'photoId',
  since: 3,
  row: v.object({ photoId: v.string(), photo: picture, crops: v.array(picture) }),
})

/** One for each run: a newer one takes its place in one transaction. Nothing of it can be mended: half a network is none. */
export const TRAINING_CHECKPOINTS: Table<TrainingCheckpointRow> = declareTable({
  name: 'trainingCheckpoints',
  key: 'runId',
  since: 4,
  row: v.object({
    runId: v.string(),
    savedAt: time,
    step: count,
    elapsedMs: number,
    configuration: v.unknown(),
    state: v.custom<object>((value) => typeof value === 'object' && value !== null),
  }),
})

/**
 * Asked for by every transaction that writes, so that writers follow one another in all tabs and workers (decision 25). Empty, but for the moment in which `newLog.ts` fills it.
 */
export const TURN: Table<TurnRow> = declareTable({
  name: 'turn',
  key: 'id',
  since: 10,
  row: v.object({ id: count, filler: v.instance(Uint8Array<ArrayBuffer>) }),
})

export const TABLES: readonly Table[] = [
  SKETCHES,
  SNAPSHOTS,
  JOURNAL,
  THUMBNAILS,
  SETTINGS,
  DAMAGED,
  PHOTOS,
  PHOTO_PICTURES,
  TRAINING_CHECKPOINTS,
  TURN,
  REFERENCES,
  ...TRAINING_TABLES,
  ...CASE_TABLES,
  ...HISTORY_TABLES,
]
