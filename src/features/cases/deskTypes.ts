/** What case mode knows, and what it needs of the rest of the studio. */

import type { CaseState } from '../../cases/caseState'
import type { Entry } from '../../cases/chain'
import type { SettingName, Shown } from '../../cases/entries'
import type { SketchDocument } from '../../editor/document'
import type { Look } from '../../faces/look'
import type { ToleranceChoice } from '../../faces/toleranceChoice'
import type { Backend } from '../../shared/backends'
import type { StudioError } from '../../shared/errors'
import type { WitnessLink } from '../../shared/witnessLink'
import type { CaseRow } from '../../storage/caseRows'
import type { CaseLibrary } from '../../storage/cases'
import type { CaseReport } from '../../storage/openCase'
import type { SettingsStore } from '../../storage/types'
import type { GenerateRequest, MadeBy, ModelEntry } from '../../workers/protocol'
import type { Messages } from '../ui/i18n/messages'
import type { ToastStore } from '../ui/toasts'

/** Which model draws the page's faces. */
export interface PageModel {
  readonly id: string
  /** SHA-256 of each file of its weights. */
  readonly weights: readonly string[]
  readonly backend: Backend
}

/** The page as a case sees it. */
export interface PageScene {
  readonly document: SketchDocument
  readonly settings: Readonly<Record<SettingName, unknown>>
  /** `null` until the first face. */
  readonly model: PageModel | null
}

export interface PageFace {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
  readonly madeBy: MadeBy | null
  /** `null` for a face that a reload left: what it was made of is gone. */
  readonly request: GenerateRequest | null
}

export interface PagePort {
  scene(): PageScene
  /** Told of every committed stroke in its own task, and of every setting, model and face. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void
  /** An empty sketch takes the page. Resolves to `false` when the person stays with a drawing that is not saved. */
  startNew(): Promise<boolean>
  /** @returns whether the sketch is on the page now */
  open(sketchId: string): Promise<boolean>
  /** A drawing of a case becomes a sketch of its own on the page, with the look that it had. */
  adopt(document: SketchDocument, conditions: { readonly look: Look; readonly tolerance?: ToleranceChoice }): Promise<boolean>
  /** As the person sees it; `null` while there is none. */
  face(): PageFace | null
  /** The face of the drawing as it is now is on display. */
  isSettled(): boolean
  setUnderlay(on: boolean): void
  /** Faces of other requests, on the page's back end, by the model of that id; `null` where it is not installed. */
  generate(modelId: string, make: () => GenerateRequest): Promise<(PageFace & { readonly backend: Backend }) | null>
  models(): readonly ModelEntry[]
  /** Sketches leave the database for good, with all that belongs to them. */
  purge(sketchIds: readonly string[]): Promise<void>
  /** Names of tables in which one of these texts still stands, anywhere. */
  traces(texts: readonly string[]): Promise<readonly string[]>
  /** Back to the page from whatever screen is open. */
  show(): void
}

export interface CasesPort {
  readonly library: CaseLibrary
  readonly page: PagePort
  readonly settings: Pick<SettingsStore, 'get' | 'set'>
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly download: (blob: Blob, name: string) => void
  readonly confirm: (question: { readonly title: string; readonly body: string; readonly yes: string }) => Promise<boolean>
  /** PNG of pixels `[size · size · 4]`, without loss. */
  readonly encode: (pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number) => Promise<Uint8Array<ArrayBuffer>>
  readonly decode: (png: Uint8Array<ArrayBuffer>) => Promise<Uint8ClampedArray<ArrayBuffer>>
  readonly now: () => Date
  /** A window for a witness, not opened yet, or the one of this name, which may be open still. */
  readonly witnessLink: (name?: string) => WitnessLink
  /** The drawing, black on white. */
  readonly sketchPng: (document: SketchDocument) => Promise<Uint8Array<ArrayBuffer>>
  /** A film of the drawings with their faces, as a file; it is made in the background. */
  readonly film: (
    documents: readonly SketchDocument[],
    name: string,
    conditions: { readonly look: Look; readonly tolerance: ToleranceChoice } | null,
  ) => void
}

export const CASE_TABS = ['sheet', 'interview', 'versions', 'log', 'output'] as const
export type CaseTab = (typeof CASE_TABS)[number]

/** The case that is open, as it is shown: a new object with every entry. */
export interface OpenView {
  readonly id: string
  readonly state: CaseState
  readonly entries: readonly Entry[]
  readonly isEncrypted: boolean
  readonly unsaved: number
  readonly error: StudioError | null
}

/** What is recorded of the page. */
export interface Recording {
  readonly session: string
  readonly witness: string
  readonly sketchId: string
  /** Another sketch is on the page: nothing of it is recorded. */
  readonly isAway: boolean
  /** The version that the drawing comes from. */
  readonly parent: string | null
}

export interface DeskState {
  readonly isLoaded: boolean
  readonly rows: readonly CaseRow[]
  readonly open: OpenView | null
  readonly tab: CaseTab
  readonly recording: Recording | null
  /** The witness's window; `null` while none was opened. */
  readonly witness: { readonly isThere: boolean; readonly isShown: boolean; readonly shown: Shown } | null
  /** A case that asks for its pass phrase before it opens; `goesOn`: a session of it was under way when the page was left. */
  readonly locked: { readonly id: string; readonly goesOn: boolean } | null
  /** Something that takes a while is under way. */
  readonly isWorking: boolean
  /** A file that waits for its pass phrase. */
  readonly offered: File | null
  readonly report: CaseReport | null
  /** Words that were typed and not kept yet, by what they are for. Nowhere but here: they are a witness’s, and may belong to a case that is encrypted. */
  readonly drafts: Readonly<Record<string, string>>
}
