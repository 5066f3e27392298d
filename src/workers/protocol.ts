/** Every message type between the interface and the workers. Requests are comlink-typed interfaces; nothing here imports a model. */

import type { Landmarks68 } from '../faces/landmarks'
import type { Look, LookField, LookPreset } from '../faces/look'
import type { Tolerance } from '../faces/tolerance'
import type { Backend } from '../shared/backends'
import type { ErrorReport } from '../shared/errors'
import type { PagePoint } from '../shared/featurePlace'
import type { Localized } from '../shared/localized'

export { BACKENDS, type Backend } from '../shared/backends'

/** What a model is for: asked on every stroke, asked when the pen rests, shown beside others to compare them, making a picture of a photo, or reading a face. */
export const MODEL_ROLES = ['live', 'fine', 'comparison', 'picture', 'reader'] as const
export type ModelRole = (typeof MODEL_ROLES)[number]
/** Roles of models that make faces of sketches. */
export const FACE_ROLES: readonly ModelRole[] = ['live', 'fine', 'comparison']

/** Whether a model makes faces of sketches. */
export function drawsFaces(role: ModelRole): boolean {
  return role !== 'picture' && role !== 'reader'
}

/** What becomes of a photo: a portrait drawing, a cartoon, an anime face, (of an anime face) a photo, or the face seen from the front. */
export const PICTURE_STYLES = ['drawing', 'cartoon', 'anime', 'photo', 'frontal'] as const
export type PictureStyle = (typeof PICTURE_STYLES)[number]

/** A model that came with the studio, or one that was trained on this machine. Both load the same way. */
export type ModelRef = { readonly shipped: string } | { readonly checkpoint: string }

/** One comparable string; a shipped model's is its id. */
export function modelKey(ref: ModelRef): string {
  return 'shipped' in ref ? ref.shipped : `checkpoint:${ref.checkpoint}`
}

/** How an edit is kept local. `plain` lets the instance norms see the whole new face. */
export interface Locality {
  /**
   * Hold the rest: the instance norms keep the statistics of this base sketch. The worker caches them by `id`
   * and computes them from `sketch` and `look` when it does not have them (after a restart, say), always with the request's tolerance.
   */
  hold: { id: string; sketch: Uint8ClampedArray; look: Look } | null
  /** Lock outside: the new face is composited over `reference.pixels` through the soft mask around `region`. */
  lockOutside: boolean
  /** The face before this edit: what changes are measured against. `null` when there is none yet. */
  reference: { pixels: Uint8ClampedArray } | null
  /** The edited region `[size · size]`, 255 inside (already dilated); `null` when nothing is being edited. */
  region: Uint8ClampedArray | null
}

export interface GenerateRequest {
  /** Document revision that this sketch shows; echoed back. */
  revision: number
  /** Grey bitmap `[size · size]`, 255 paper, 0 ink, as the rasteriser gives it. Transferred. */
  sketch: Uint8ClampedArray
  look: Look
  /** How far the lines of each part may be off; `null` is what the model says by default. Models without a tolerance map do not look at it. */
  tolerance: Tolerance | null
  locality: Locality
}

/**
 * Makes the request for a model once that is loaded, so that the sketch has the model's size and is as new as can be; `null` when nobody wants the face any more.
 */
export type MakeRequest = (model: ModelSummary) => GenerateRequest | null

/** What is known of the face on an aligned photo. */
export interface FaceData {
  /** The 68 landmarks in 0–1 of the photo. */
  landmarks: Landmarks68
  /** Region classes (see `faces/masks/regionMask.ts`), one a pixel of the photo; `null` where they have not been looked for. */
  regions: Uint8Array | null
  /** Turn of the head in degrees; negative is to the picture's left. */
  yawDegrees: number
}

export interface PictureRequest {
  /** The aligned photo, RGBA `[size · size · 4]`, opaque. Transferred. */
  photo: Uint8ClampedArray
  /** Models of a whole picture alone do not look at it. */
  face: FaceData | null
  /** How much of the picture there is beside the photo, 0–1; `null` is the model's default. Models without a strength do not look at it. */
  strength: number | null
  /** Of the guided filter that gives the picture the photo's edges, in pixels from 0 (none) to `MOST_RADIUS_PX`. */
  radius?: number
}

/** Makes the request for a model once that is loaded; `null` when nobody wants the picture any more. */
export type MakePictureRequest = (model: ModelSummary) => Promise<PictureRequest | null>

/** What made a picture, so that its file can say so. */
export interface MadeBy {
  readonly model: string
  /** SHA-256 of the model's weights, hexadecimal; one for each of their files. */
  readonly weights: readonly string[]
  /** `null` for a model that takes none. */
  readonly look: Look | null
}

export interface GeneratedPicture {
  /** RGBA `[size · size · 4]`, opaque. Transferred. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  sizePx: number
  /** Milliseconds in the worker, from request to pixels. */
  elapsedMs: number
  madeBy: MadeBy
}

/** The features that a model's encoder has at one place of the page. */
export interface FeatureRequest {
  /** Grey bitmap `[size · size]`, 255 paper, 0 ink. Transferred. */
  sketch: Uint8ClampedArray
  point: PagePoint
}

/** Makes the request for a model once that is loaded; `null` when nobody wants the features any more. */
export type MakeFeatureRequest = (model: ModelSummary) => FeatureRequest | null

/** Two drawings, between which every layer of a model's encoder is compared. */
export interface FeatureChangeRequest {
  /** Grey bitmaps `[size · size]`. Transferred. */
  before: Uint8ClampedArray
  after: Uint8ClampedArray
  /** The norms of the second pass keep the statistics of the first: what then moves has come through convolutions alone. */
  hold?: boolean
  /** The channels of one layer that are strongest before. */
  channels?: { readonly layer: number; readonly most: number }
}

export type MakeFeatureChangeRequest = (model: ModelSummary) => FeatureChangeRequest | null

/** One layer's map of change. */
export interface LayerChange {
  /** Side of the map. */
  px: number
  /** `[px · px]`: how far each place's vector has moved, in mean lengths of the vectors before. Transferred. */
  change: Float32Array<ArrayBuffer>
  /** What the layer's norm measures, before and after; `null` where there is none or where it was held. */
  norm: { before: NormMeasures; after: NormMeasures } | null
}

/** What an instance norm takes away and divides by, one number a channel. */
export interface NormMeasures {
  mean: Float32Array<ArrayBuffer>
  deviation: Float32Array<ArrayBuffer>
}

/** One channel of a layer. */
export interface ChannelChange {
  /** Which one it is, from 0. */
  channel: number
  /** Side of its maps. */
  px: number
  /** `[px · px]`, behind the ReLU: never below 0. Transferred. */
  before: Float32Array<ArrayBuffer>
  after: Float32Array<ArrayBuffer>
  /** Mean absolute change in mean absolute values before; `null` when the channel was silent and is no longer. */
  change: number | null
}

export interface FeatureChange {
  /** L0 first. */
  layers: LayerChange[]
  /** Strongest first; none where none were asked for. */
  channels: ChannelChange[]
  /** Milliseconds in the worker. */
  elapsedMs: number
}

export interface Features {
  /** One vector a layer, L0 first. Transferred. */
  layers: Float32Array<ArrayBuffer>[]
  /** Milliseconds in the worker. */
  elapsedMs: number
}

/** Mean absolute change against the reference face, in 1/255, and the heat map `[size · size]` of the same. */
export interface ChangeReport {
  heat: Uint8ClampedArray
  meanInside: number
  meanOutside: number
}

export interface GeneratedFace {
  revision: number
  /** RGBA `[size · size · 4]`. Transferred. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  sizePx: number
  /** Milliseconds in the worker, from request to pixels. */
  elapsedMs: number
  change: ChangeReport | null
  /** `null`: kept by a version that did not know. */
  madeBy: MadeBy | null
}

/** A model as the index lists it. */
export interface ModelEntry {
  id: string
  name: Localized
  role: ModelRole
  /** A fine model's live one: another person's model is not refined by it. Missing: any live model. */
  refines?: string
  /** Of a model that makes pictures of photos. */
  style?: PictureStyle
  /** What a person should know when this model stands beside others. */
  note?: Localized
  /** It was trained or imported on this machine. */
  own?: true
}

/** Where a listed model lies. */
export function refOf({ id, own }: Pick<ModelEntry, 'id' | 'own'>): ModelRef {
  return own ? { checkpoint: id } : { shipped: id }
}

export interface ModelSummary extends ModelEntry {
  ref: ModelRef
  sizePx: number
  bytes: number
  /** `null` for a model that follows every line exactly, having no tolerance map. */
  tolerance: { defaults: Tolerance } | null
  /** Of a model that makes pictures of photos: its default strength, `null` for one that has none. */
  strength: number | null
  lookFields: readonly LookField[]
  lookPresets: readonly LookPreset[]
}

/** What was tried to get a trusted back end, in order; kept for the panel and for bug reports. */
export interface BackendTrial {
  backend: Backend
  outcome: 'chosen' | 'unavailable' | 'software' | 'wrong-output' | 'failed'
  detail: string
  elapsedMs: number
}

/** What there is: whatever the interface may know of models. */
export interface InferenceDescription {
  backend: Backend
  /** The model that was started. */
  model: ModelSummary
  /** All models that are installed, whatever their role, in the order in which they are shown. */
  models: readonly ModelEntry[]
  /** Those that are in memory, the first one included. */
  loaded: readonly ModelSummary[]
  trials: readonly BackendTrial[]
}

export interface StartOptions {
  /** Absolute URL of the folder `models/`, ending in a slash. */
  modelsUrl: string
  /** `null` is the one that the index names first. */
  model: ModelRef | null
  /** Force this back end (`?backend=`). Forced software adapters are accepted; wrong output never is. */
  forceBackend: Backend | null
  /** Back ends not to try, after they were lost. */
  exclude: readonly Backend[]
}

/** Events that the worker sends unasked. */
export type InferenceEvent =
  | { kind: 'starting'; stage: 'loading-weights' | 'self-test'; backend: Backend | null; fraction: number }
  | { kind: 'failed'; error: ErrorReport }

/** Every call rejects with a `StudioError` as `ErrorReport`. */
export interface InferenceWorkerApi {
  /** Load the model, choose a back end by self-test and warm up. */
  start(options: StartOptions, onEvent: (event: InferenceEvent) => void): Promise<void>
  describe(): Promise<InferenceDescription>
  /** One more model beside the first one, on the same back end, which must give its golden face too. Known ones are not loaded again. */
  load(ref: ModelRef, onEvent: (event: InferenceEvent) => void): Promise<ModelSummary>
  /** Gives a model's memory back; nothing happens when it is not loaded. */
  unload(ref: ModelRef): Promise<void>
  /** @param ref one that is loaded; `null` is the model that was started */
  generate(request: GenerateRequest, ref: ModelRef | null): Promise<GeneratedFace>
  /** @param ref a loaded model that makes pictures of photos */
  paint(request: PictureRequest, ref: ModelRef): Promise<GeneratedPicture>
  /** @param ref a loaded model that makes faces of sketches */
  features(request: FeatureRequest, ref: ModelRef): Promise<Features>
  /** @param ref as for `features` */
  featureChange(request: FeatureChangeRequest, ref: ModelRef): Promise<FeatureChange>
  dispose(): Promise<void>
}
