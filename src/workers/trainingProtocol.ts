/** Every message between the page and the training worker. Requests are comlink-typed; what a run tells is a stream of `TrainingEvent`s. */

import type { Augmentation } from '../shared/augment'
import type { Backend } from '../shared/backends'
import type { ErrorReport } from '../shared/errors'
import type { ModelRef, ModelRole, PictureStyle } from './protocol'

export const TRAINING_METHODS = ['cartoon', 'cycleGan', 'portraitDrawing'] as const
export type TrainingMethodId = (typeof TRAINING_METHODS)[number]

/** Everything that a run is told; kept with it, and with every checkpoint. */
export interface TrainingOptions {
  readonly name: string
  readonly method: TrainingMethodId
  readonly dataSetId: string
  /** What it begins as; `null`: from nothing. */
  readonly parent: ModelRef | null
  readonly seed: number
  /** Side of the pictures as the model takes them; the parent's where there is one. */
  readonly sizePx: number
  /** Side of the piece of them that a step is shown: smaller is faster. A multiple of 8, at most `sizePx`. */
  readonly cropPx: number
  /** Samples a step. */
  readonly batch: number
  /** How many steps the run is meant to take; rates fall towards its end. */
  readonly steps: number
  /** Share of the run after which rates fall in a line, 0–1; 1: never. */
  readonly decayFrom: number
  /** The run rests when it has trained for so long, pauses not counted; `null`: as long as it takes. */
  readonly trainingMs: number | null
  readonly checkpointEveryMs: number
  readonly sampleEverySteps: number
  /** `late`: the layers after the residual blocks (with the discriminators), for slow machines. */
  readonly layers: 'late' | 'all'
  /** Of the moving average that becomes the model, 0–1. */
  readonly averageDecay: number
  /** Values of the method's controls by their ids; what is missing has its default. */
  readonly controls: Readonly<Record<string, number>>
  readonly augmentation: Augmentation
}

/** What of a run may be changed while it rests. */
export type TrainingChanges = Partial<
  Pick<
    TrainingOptions,
    | 'name'
    | 'cropPx'
    | 'batch'
    | 'steps'
    | 'trainingMs'
    | 'decayFrom'
    | 'checkpointEveryMs'
    | 'sampleEverySteps'
    | 'controls'
    | 'augmentation'
  >
>

export type ControlGroup = 'losses' | 'rates' | 'schedule'

/** A number of a method that a person may set; the interface has its name by `id`. */
export interface TrainingControl {
  readonly id: string
  readonly group: ControlGroup
  readonly min: number
  readonly max: number
  readonly step: number
  readonly default: number
}

export interface TrainingMethodDescription {
  readonly id: TrainingMethodId
  /** Which kind of data set it learns from. */
  readonly data: 'pairs' | 'unpaired'
  /** Of the models that it makes, and that it can begin as. */
  readonly role: ModelRole
  readonly styles: readonly PictureStyle[]
  readonly controls: readonly TrainingControl[]
  /** Options that suit this method on two cores without a GPU. */
  readonly defaults: Pick<
    TrainingOptions,
    'sizePx' | 'cropPx' | 'batch' | 'steps' | 'decayFrom' | 'layers' | 'averageDecay' | 'checkpointEveryMs' | 'sampleEverySteps'
  >
}

export interface TrainingDescription {
  readonly methods: readonly TrainingMethodDescription[]
}

/** Measured on this machine with these options. */
export interface TrainingEstimate {
  readonly backend: Backend
  readonly stepMs: number
  /** Of all steps, or until the limit of time. */
  readonly totalMs: number
  /** Steps that fit into the limit of time. */
  readonly steps: number
  /** Most bytes of tensors at once in a step. */
  readonly peakBytes: number
}

/** An encoded picture. */
export interface TrainingPicture {
  readonly mime: 'image/png' | 'image/webp' | 'image/jpeg'
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Why a run rests. A paused one goes on with `resume`; so does one whose limit was raised. */
export type TrainingRest = 'paused' | 'stopped' | 'steps' | 'time'

/** In the order in which a run begins. */
export type TrainingStage = 'reading' | 'loading-parent' | 'starting'

/** `step` counts the steps that were taken. */
export type TrainingEvent =
  | { readonly kind: 'preparing'; readonly stage: TrainingStage }
  /** It trains from here on: at `step`, which is not 0 for a run that goes on. */
  | {
      readonly kind: 'started'
      readonly step: number
      readonly elapsedMs: number
      readonly backend: Backend
      /** Networks that begin from nothing, by role: the parent did not bring them. */
      readonly fresh: readonly string[]
    }
  | {
      readonly kind: 'progress'
      readonly step: number
      readonly stepMs: number
      /** Of training, pauses not counted. */
      readonly elapsedMs: number
      /** Already weighted, by their names. */
      readonly losses: Readonly<Record<string, number>>
      /** Of tensors that are alive between steps. */
      readonly tensorBytes: number
    }
  /** Held-out pictures, and their mean absolute difference to what they should be in 1/255 (`null` for unpaired ones). */
  | {
      readonly kind: 'sample'
      readonly step: number
      readonly rows: readonly Readonly<Record<string, TrainingPicture>>[]
      readonly l1: number | null
    }
  /** It is on the disk. */
  | { readonly kind: 'checkpoint'; readonly step: number; readonly elapsedMs: number }

export interface TrainingHost {
  /** Absolute URL of the folder `models/`, ending in a slash. */
  readonly modelsUrl: string
  /** `null`: the first that gives the right output. */
  readonly forceBackend: Backend | null
}

/** How a run came to rest. */
export interface TrainingOutcome {
  readonly rest: TrainingRest
  readonly step: number
}

/** Every call rejects with an `ErrorReport`. */
export interface TrainingWorkerApi {
  describe(): Promise<TrainingDescription>
  /** A few steps that nothing is kept of. */
  estimate(options: TrainingOptions, host: TrainingHost): Promise<TrainingEstimate>
  /** Checks the options and keeps them; trains nothing yet. @returns the run's id */
  create(options: TrainingOptions): Promise<string>
  /**
   * Trains until it rests, from the run's last checkpoint where there is one. Rejects when a step fails or the run is trained somewhere else; the last checkpoint
   * is then the good one, and the run's row says why.
   */
  run(runId: string, changes: TrainingChanges, host: TrainingHost, onEvent: (event: TrainingEvent) => void): Promise<TrainingOutcome>
  /** Acts between steps. */
  pause(): Promise<void>
  stop(): Promise<void>
  /** The run's average as a model of this machine. @returns its id, for `{ checkpoint: id }` */
  saveModel(runId: string, name: string, host: TrainingHost): Promise<string>
  /** A zip with the model's folder in it, in the form of `public/models`. */
  exportModel(id: string): Promise<Blob>
  /** Such a zip, or one by `pipeline.export`: checked whole, and kept if it gives its golden output here. @returns the model's id */
  importModel(file: Blob, host: TrainingHost): Promise<string>
}

export type { Augmentation } from '../shared/augment'
export type { ErrorReport }
