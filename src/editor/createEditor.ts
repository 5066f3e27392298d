/**
 * The headless sketch editor: pointers and commands in, immutable documents and previews out. It wires the document model, the session and the
 * tools together and holds the gesture that is under way; see `types.ts` for the contract.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { newId } from '../shared/ids'
import { type Adjustment, beginAdjustment, NO_POINTER } from './adjustment'
import { createCommands } from './commands'
import { emptyDocument, type SketchDocument, type Stroke } from './document'
import { createDocumentModel, type DocumentModel } from './documentModel'
import type { Timeline } from './history'
import { createPreview, NO_GESTURE, NO_HOVER, type Preview } from './previewChannel'
import { boxAround } from './selectionBox'
import { clampSettings, DEFAULT_SETTINGS } from './settings'
import { nearestStroke } from './strokeGeometry'
import { DEFAULT_TOOLS } from './tools'
import type { Gesture, Tool, ToolContext } from './tools/tool'
import type { EditKind, Editor, EditorCommands, PointerInput, SelectionBox, SessionSettings, SessionState, ToolId } from './types'

export interface EditorOptions {
  /** The document to open with; an empty one by default. */
  document?: SketchDocument
  settings?: Partial<SessionSettings>
  /** The pen, the eraser, select and reshape by default. */
  tools?: readonly Tool[]
  /** Unique ids for strokes and documents. Random UUIDs by default; tests pass a counter. */
  newId?: () => string
}

export function createEditor(options: EditorOptions = {}): Editor {
  return new SketchEditor(options)
}

interface ActiveGesture {
  readonly gesture: Gesture
  /** The newest event: where the gesture ends when a command ends it. */
  last: PointerInput
  /** The mark on entry: the document needs none, as a gesture does not touch it before its end. */
  readonly selection: readonly string[]
}

/** Methods are properties, so that they can be handed on as they are. */
class SketchEditor implements Editor {
  readonly commands: EditorCommands
  readonly sessionStore: StoreApi<SessionState>
  readonly #newId: () => string
  readonly #model: DocumentModel
  readonly #preview: Preview = createPreview()
  readonly #context: ToolContext
  readonly #tools: readonly Tool[]
  readonly #unsubscribers: readonly (() => void)[]
  readonly #penWatchers = new Set<(strokes: readonly Stroke[]) => void>()
  #active: ActiveGesture | null = null
  #adjustment: Adjustment | null = null
  #selectionBox: SelectionBox | null = null

  constructor(options: EditorOptions) {
    this.#newId = options.newId ?? newId
    this.#model = createDocumentModel(options.document ?? emptyDocument(this.#newId()))
    this.sessionStore = createStore(() => ({ ...DEFAULT_SETTINGS, ...clampSettings(options.settings ?? {}), selection: [] }))
    this.#context = this.#createContext()
    this.#tools = options.tools ?? DEFAULT_TOOLS
    this.commands = this.#finishingGestures(createCommands(this.#model, this.#context))
    this.#unsubscribers = [
      this.#model.store.subscribe(() => {
        this.#select(this.#session.selection)
        this.#refreshSelectionBox()
      }),
      this.sessionStore.subscribe((now, before) => {
        if (now.selection !== before.selection || now.view !== before.view) this.#refreshSelectionBox()
      }),
    ]
  }

  get documentStore(): Editor['documentStore'] {
    return this.#model.store
  }

  get preview(): Editor['preview'] {
    return this.#preview.channel
  }

  // -------------------------------------------------------------- pointers

  pointerDown = (event: PointerInput, toolId: ToolId = this.#session.tool): boolean =>
    this.#preview.batch(() => {
      if (this.#adjustment) this.#finish()
      const tool = this.#tool(toolId)
      if (!tool || !this.#mayTake(event)) return false
      const { selection } = this.#session
      this.#preview.show({ gesture: true, hoveredStrokeId: null })
      const gesture = tool.begin(this.#context, event)
      this.#active = { gesture, last: event, selection }
      return true
    })

  pointerMove = (events: readonly PointerInput[]): void =>
    this.#preview.batch(() => {
      const last = events.at(-1)
      if (!last) return
      if (!this.#active) this.#hover(last)
      else if (last.pointerId === this.#active.last.pointerId) {
        this.#active.last = last
        this.#active.gesture.move(events)
      }
    })

  pointerUp = (event: PointerInput): void =>
    this.#preview.batch(() => {
      if (this.#active?.last.pointerId !== event.pointerId) return
      this.#finish(event)
      this.#hover(event)
    })

  watchPen = (listener: (strokes: readonly Stroke[]) => void): (() => void) => {
    this.#penWatchers.add(listener)
    return () => this.#penWatchers.delete(listener)
  }

  pointerLeave = (): void => {
    if (!this.#active) this.#preview.show(NO_HOVER)
  }

  cancel = (): boolean =>
    this.#preview.batch(() => {
      if (this.#bail()) return true
      const hadSelection = this.#session.selection.length > 0
      this.#select([])
      return hadSelection
    })

  // -------------------------------------------------------------- session

  setTool = (tool: ToolId): void => this.setSettings({ tool })

  setSettings = (settings: Partial<SessionSettings>): void =>
    this.#preview.batch(() => {
      const clamped = clampSettings(settings)
      if (clamped.tool !== undefined && clamped.tool !== this.#session.tool) {
        // A gesture under way goes on with the tool that began it.
        if (!this.#active) this.#preview.show(NO_HOVER)
        if (this.#tool(clamped.tool)?.dropsSelection) this.#select([])
      }
      this.sessionStore.setState(clamped)
    })

  select = (strokeIds: readonly string[]): void =>
    this.#preview.batch(() => {
      this.#finish()
      this.#select(strokeIds)
    })

  selectAll = (): void => this.select(this.#model.document.strokes.map((stroke) => stroke.id))

  // -------------------------------------------------------------- document

  load = (document: SketchDocument, kept: Timeline | null = null): void =>
    this.#preview.batch(() => {
      this.#bail()
      this.#select([])
      this.#model.load(document, kept)
    })

  timeline = (mostSteps: number): Timeline => this.#model.timeline(mostSteps)

  previewDocument = (): SketchDocument => {
    const { document } = this.#model
    const { hiddenStrokeIds, replacements } = this.#preview.channel.current
    const live: readonly Stroke[] = this.#active?.gesture.strokesNow?.() ?? []
    if (hiddenStrokeIds.size === 0 && live.length === 0) return document
    const kept = document.strokes.filter((stroke) => !hiddenStrokeIds.has(stroke.id))
    return { ...document, strokes: [...kept, ...replacements, ...live] }
  }

  adjust = (kind: EditKind, strokes: readonly Stroke[]): boolean =>
    this.#preview.batch(() => {
      if (this.#active && !this.#adjustment) return false
      this.#adjustment ??= beginAdjustment(this.#context)
      this.#active ??= { gesture: this.#adjustment, last: NO_POINTER, selection: this.#session.selection }
      return this.#adjustment.show(kind, strokes)
    })

  endAdjustment = (): void => this.#preview.batch(() => void (this.#adjustment && this.#finish()))

  strokeAt = (x: number, y: number, tolerancePx: number): Stroke | null => nearestStroke(this.#model.document.strokes, x, y, tolerancePx)

  dispose = (): void => {
    for (const unsubscribe of this.#unsubscribers) unsubscribe()
    this.#preview.dispose()
  }

  // -------------------------------------------------------------- inside

  get #session(): SessionState {
    return this.sessionStore.getState()
  }

  /** `undefined` for tools that belong to the interface. */
  #tool(id: ToolId): Tool | undefined {
    return this.#tools.find((tool) => tool.id === id)
  }

  #mayTake(event: PointerInput): boolean {
    if (event.pointerType === 'touch' && this.#session.penOnly) return false
    // A pen that comes down while a finger draws: the finger was the palm.
    if (this.#active?.last.pointerType === 'touch' && event.pointerType === 'pen') this.#bail()
    return this.#active === null && Number.isFinite(event.x) && Number.isFinite(event.y)
  }

  #hover(event: PointerInput): void {
    if (event.pointerType === 'touch') this.#preview.show(NO_HOVER)
    else this.#tool(this.#session.tool)?.hover(this.#context, event)
  }

  #endGesture(): void {
    this.#active = null
    this.#adjustment = null
    this.#preview.show({ ...NO_GESTURE, selectionBox: this.#selectionBox })
  }

  /** Ends the gesture under way where its pointer is, as if the pointer had been lifted. */
  #finish(event: PointerInput | undefined = this.#active?.last): void {
    if (!this.#active || !event) return
    this.#active.gesture.end(event)
    this.#endGesture()
  }

  /** Drops the gesture under way; true when there was one. */
  #bail(): boolean {
    if (!this.#active) return false
    const { selection, gesture } = this.#active
    gesture.drop?.()
    this.#endGesture()
    this.#tellOfPen([])
    if (!this.#tool(this.#session.tool)?.dropsSelection) this.#select(selection)
    return true
  }

  #tellOfPen(strokes: readonly Stroke[]): void {
    for (const watcher of this.#penWatchers) watcher(strokes)
  }

  /** Keeps the document's order and drops ids that are not in it. */
  #select(strokeIds: readonly string[]): void {
    const wanted = new Set(strokeIds)
    const selection = this.#model.document.strokes.flatMap((stroke) => (wanted.has(stroke.id) ? [stroke.id] : []))
    const current = this.#session.selection
    const isSame = selection.length === current.length && selection.every((id, i) => id === current[i])
    if (!isSame) this.sessionStore.setState({ selection })
  }

  /** Box and handles follow the document, the selection and the zoom. */
  #refreshSelectionBox(): void {
    const { selection, view } = this.#session
    const ids = new Set(selection)
    const strokes = ids.size === 0 ? [] : this.#model.document.strokes.filter((stroke) => ids.has(stroke.id))
    this.#selectionBox = boxAround(strokes, 1 / view.zoom)
    this.#preview.show({ selectionBox: this.#selectionBox })
  }

  #createContext(): ToolContext {
    const document = (): SketchDocument => this.#model.document
    const session = (): SessionState => this.#session
    const selectionBox = (): SelectionBox | null => this.#selectionBox
    return {
      get document() {
        return document()
      },
      get session() {
        return session()
      },
      get selectionBox() {
        return selectionBox()
      },
      newId: this.#newId,
      show: this.#preview.show,
      select: (strokeIds) => this.#select(strokeIds),
      commit: (kind, next) => void this.#model.commit(kind, next),
      underPen: (strokes) => this.#tellOfPen(strokes),
    }
  }

  /**
   * Every command first ends the gesture under way, so that no key throws a stroke away, and is announced once. Undo takes back the gesture,
   * and no earlier edit with it.
   */
  #finishingGestures(commands: EditorCommands): EditorCommands {
    const guarded = Object.entries(commands).map(([name, command]: [string, (...args: never[]) => boolean]) => [
      name,
      (...args: never[]) =>
        this.#preview.batch(() => {
          if (name === 'undo' && this.#bail()) return true
          this.#finish()
          return command(...args)
        }),
    ])
    return Object.fromEntries(guarded) as EditorCommands
  }
}
