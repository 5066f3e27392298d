/** What the data sets' screen knows: its state, and what it needs of the rest of the studio. */

import type { Augmentation } from '../../shared/augment'
import type { DataSets } from '../../storage/dataSets'
import type { Project } from '../../storage/exchange/types'
import type { DataSetEntryRow, DataSetKind, DataSetRow } from '../../storage/trainingRows'
import type { StorageUsage } from '../../storage/types'
import type { PhotoStage, PhotosClient } from '../../workers/photosClient'
import type { Messages } from '../ui/i18n/messages'
import type { ToastStore } from '../ui/toasts'
import type { Side } from './sorting'
import type { StarterModels } from './starter'

/** What the room needs of the rest of the studio. */
export interface DataSetsPort {
  /** Rejects where nothing can be kept. */
  readonly openSets: () => Promise<DataSets>
  readonly reader: Pick<PhotosClient, 'takeItem' | 'openArchive' | 'packSet' | 'correctItem' | 'dispose'>
  readonly usage: () => Promise<StorageUsage | null>
  readonly models: StarterModels
  /** Those of the database that have strokes, newest first. */
  readonly sketches: () => Promise<readonly Project[]>
  /** Something that cannot be brought back; resolves to whether it is meant. */
  readonly confirm: (question: {
    readonly title: string
    readonly body: string
    readonly keep: string
    readonly remove: string
  }) => Promise<boolean>
  readonly download: (blob: Blob, fileName: string) => void
  readonly toasts: ToastStore
  readonly messages: () => Messages
  /** Tag of the language that is shown, for numbers. */
  readonly language: () => string
}

/** What takes its time. */
export interface Work {
  readonly what: PhotoStage | 'unpacking' | 'packing' | 'making'
  readonly name: string
  readonly place: number
  readonly total: number
}

export type SetView = 'items' | 'augmentation'

export interface DataSetsState {
  readonly sets: readonly DataSetRow[]
  readonly isLoaded: boolean
  readonly selected: string | null
  /** Of the selected set. */
  readonly entries: readonly DataSetEntryRow[]
  /** Items that are taken for being removed. */
  readonly checked: ReadonlySet<string>
  /** The item whose points are shown. */
  readonly opened: string | null
  readonly view: SetView
  readonly work: Work | null
  /** Which heap files belong to whose path does not say it. */
  readonly looseSide: Side
  /** Photos of a set of pairs that have no partner get a drawing that is made of them. */
  readonly drawsB: boolean
  readonly usage: StorageUsage | null
  /** Of the preview. */
  readonly augmentation: Augmentation
}

export interface NewSet {
  readonly name: string
  readonly kind: DataSetKind
}
