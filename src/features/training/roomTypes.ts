/** What the training screen knows: its state, and what it needs of the rest of the studio. */

import type { DataSets } from '../../storage/dataSets'
import type { OwnModels } from '../../storage/ownModels'
import type { DataSetRow, OwnModelRow, TrainingRunRow, TrainingSampleRow } from '../../storage/trainingRows'
import type { TrainingRuns } from '../../storage/trainingRuns'
import type { ModelEntry, ModelRef } from '../../workers/protocol'
import type { TrainingClient } from '../../workers/trainingClient'
import type { TrainingEstimate, TrainingMethodDescription, TrainingOptions } from '../../workers/trainingProtocol'
import type { AugmentationExample } from '../ui/augmentation/AugmentationPanel'
import type { Messages } from '../ui/i18n/messages'
import type { ToastStore } from '../ui/toasts'
import type { SetFacts } from './setFacts'

/** What the room needs of the rest of the studio. */
export interface TrainingPort {
  readonly client: Pick<
    TrainingClient,
    'store' | 'onEvent' | 'describe' | 'estimate' | 'start' | 'resume' | 'pause' | 'stop' | 'saveModel' | 'exportModel' | 'importModel'
  >
  readonly runs: Pick<TrainingRuns, 'list' | 'samples' | 'remove'>
  readonly sets: Pick<DataSets, 'list' | 'entries'>
  readonly ownModels: Pick<OwnModels, 'list' | 'rename' | 'remove' | 'onChange'>
  /** Models that a run can begin as: shipped ones and those of this machine. */
  readonly models: {
    /** The same list until one of them changes. */
    readonly list: () => readonly ModelEntry[]
    readonly subscribe: (listener: () => void) => () => void
    /** Resolves when shipped models are known, or never will be. */
    readonly whenKnown: () => Promise<void>
  }
  /** Side of the pictures that a model takes, in pixels. */
  readonly sizeOf: (ref: ModelRef) => Promise<number>
  /** Runs that a worker of any tab trains now; `null` where that cannot be known. */
  readonly trainedAnywhere: () => Promise<ReadonlySet<string> | null>
  readonly confirm: (question: { readonly title: string; readonly body: string; readonly yes: string }) => Promise<boolean>
  readonly openPhotos: () => void
  /** Where data sets are made. */
  readonly openDataSets: () => void
  /** A zip with this name. @returns the file's name */
  readonly download: (blob: Blob, name: string) => string
  readonly toasts: ToastStore
  readonly messages: () => Messages
}

export type TrainingView = { readonly kind: 'new' } | { readonly kind: 'run'; readonly runId: string } | { readonly kind: 'models' }

/** How long a run would take, measured; `of` says with which options. */
export interface Measured {
  readonly of: TrainingOptions
  readonly estimate: TrainingEstimate
}

/** How long steps take while the tab is seen and while it is not; `null` before there were some. */
export interface Pace {
  readonly seenMs: number | null
  readonly hiddenMs: number | null
}

export interface TrainingRoomState {
  readonly isLoaded: boolean
  /** Empty until the worker has told. */
  readonly methods: readonly TrainingMethodDescription[]
  readonly sets: readonly DataSetRow[]
  /** Newest first. */
  readonly runs: readonly TrainingRunRow[]
  /** Another tab trains these. */
  readonly elsewhere: ReadonlySet<string>
  readonly models: readonly OwnModelRow[]
  readonly view: TrainingView
  /** What the next run will be told; `null` until there are methods and a data set. */
  readonly draft: TrainingOptions | null
  /** Of the draft's data set. */
  readonly facts: SetFacts | null
  /** Some pictures of the draft's data set that are trained on; the same list until another set is chosen. */
  readonly examples: readonly AugmentationExample[]
  readonly isMeasuring: boolean
  readonly measured: Measured | null
  /** Of the data set of the run on show, as it is now; `null` before it was read. */
  readonly runFacts: SetFacts | null
  /** Of the run on show. */
  readonly samples: readonly TrainingSampleRow[]
  readonly pace: Pace
  /** A model is being kept, exported or imported. */
  readonly isWorking: boolean
  /** By run: the model that was last made of it. */
  readonly kept: Readonly<Record<string, string>>
}
