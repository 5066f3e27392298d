/** What the lab keeps while the page lives, and what it needs of the studio. */

import type { Part } from '../../faces/parts'
import type { LayerVectors } from '../../lab/collect'
import type { Drawing, DrawingGroup } from '../../lab/drawingSet'
import type { Edit } from '../../lab/edit'
import type { ErrorReport } from '../../shared/errors'
import type { PagePoint } from '../../shared/featurePlace'
import type { LabClient, Projection, ProjectionMethod } from '../../workers/labClient'
import type {
  FeatureChange,
  Features,
  GeneratedFace,
  MakeFeatureChangeRequest,
  MakeFeatureRequest,
  MakeRequest,
  ModelEntry,
  ModelRef,
} from '../../workers/protocol'
import type { Messages } from '../ui/i18n/messages'
import type { ToastStore } from '../ui/toasts'

export interface LabPort {
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly download: (blob: Blob, fileName: string) => void
  readonly loadDrawings: () => Promise<readonly DrawingGroup[]>
  /** The person's own sketches, newest first, as the studio completes them. */
  readonly ownDrawings: () => Promise<readonly Drawing[]>
  /** The last stroke of the page that is being drawn in the studio; `null` while there is none. */
  readonly pageEdit: () => Edit | null
  readonly projector: Pick<LabClient, 'project' | 'stop'>
  readonly models: {
    /** All that are installed; the same object until it changes. */
    readonly list: () => readonly ModelEntry[]
    readonly subscribe: (listener: () => void) => () => void
    readonly features: (ref: ModelRef, make: MakeFeatureRequest) => Promise<Features | null>
    readonly featureChange: (ref: ModelRef, make: MakeFeatureChangeRequest) => Promise<FeatureChange | null>
    readonly compare: (ref: ModelRef, make: MakeRequest) => Promise<GeneratedFace | null>
  }
}

/** The lab's views: the drawings as points, one edit, and the lesson. */
export const VIEWS = ['plane', 'edit', 'why'] as const
export type LabView = (typeof VIEWS)[number]

export const SIDES = ['left', 'right'] as const
export type Side = (typeof SIDES)[number]

/** What one model says of all drawings at the point. */
export interface ModelFeatures {
  readonly sizePx: number
  readonly layers: LayerVectors
}

/** A plot: places of those drawings that take part. */
export interface Plot {
  readonly projection: Projection
  readonly drawings: readonly number[]
}

/** What one model's encoder makes of an edit. */
export interface EditStudy {
  readonly edit: Edit
  /** Whose strongest channels are there. */
  readonly layer: number
  readonly plain: FeatureChange
  /** The same, while the norms keep the statistics that they had before the edit. */
  readonly held: FeatureChange
}

/** One model's faces of an edit. */
export interface EditFace {
  readonly edit: Edit
  readonly sizePx: number
  /** RGBA `[size · size · 4]`. */
  readonly before: Uint8ClampedArray<ArrayBuffer>
  readonly after: Uint8ClampedArray<ArrayBuffer>
  /** `[size · size]`, as in a change report. */
  readonly heat: Uint8ClampedArray
  /** Mean absolute change in 1/255. */
  readonly meanInside: number
  readonly meanOutside: number
}

/** A group of the shipped drawings, of the person's own sketches, or one made here. */
export interface LabGroup extends DrawingGroup {
  readonly made?:
    | { readonly kind: 'lasso'; readonly number: number }
    | { readonly kind: 'dragged'; readonly number: number; readonly part: Part }
}

export interface LabState {
  readonly view: LabView
  readonly groups: readonly LabGroup[]
  /** Groups that do not take part. */
  readonly left: ReadonlySet<string>
  readonly isLoaded: boolean
  readonly error: ErrorReport | null
  readonly sides: Readonly<Record<Side, string | null>>
  readonly point: PagePoint
  readonly layer: number
  readonly method: ProjectionMethod
  readonly run: { readonly model: string; readonly done: number; readonly total: number } | null
  /** By model id. */
  readonly features: Readonly<Record<string, ModelFeatures>>
  readonly plots: Readonly<Record<Side, Plot | null>>
  /** By model id; of the edit before the one in hand until its own is there. */
  readonly studies: Readonly<Record<string, EditStudy>>
  /** The same of the faces, by the contestant's key. */
  readonly faces: Readonly<Record<string, EditFace>>
  readonly editRun: { readonly done: number; readonly total: number } | null
  /** What the person has drawn on the drawing on show, or taken from the page; `null` leaves it to the group. */
  readonly ownEdit: Edit | null
  /** Place of the drawing that is shown, in the whole list. */
  readonly chosen: number
}

export const NO_PLOTS: LabState['plots'] = { left: null, right: null }

/** The thesis's two models: what stands side by side to begin with, and what the lesson shows. */
export const M1 = 'ablation-m1'
export const OURS = 'ablation-ours'

/** The group of the person's own sketches. */
export const OWN_GROUP = 'own'
