/** Making a film of the drawing on the page, in the background: what is wished, how far it is, and the file at the end. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SketchDocument } from '../../editor/document'
import type { Editor } from '../../editor/types'
import type { FaceScene } from '../../features/studio/face/faceRequest'
import type { FaceLoop } from '../../features/studio/face/faceTypes'
import { recordFilm } from '../../features/ui/film/recordFilm'
import type { Messages } from '../../features/ui/i18n/messages'
import type { PreferencesStore } from '../../features/ui/preferences'
import type { ToastStore } from '../../features/ui/toasts'
import { StudioError } from '../../shared/errors'
import { HISTORY_LIMITS } from '../../storage'
import type { InferenceClient } from '../../workers/client'
import { download } from '../exportActions'
import { fileBase } from '../fileNames'
import { FROM_SKETCH } from '../pictures'
import { type FilmView, filmFrames } from './filmFrames'
import { editsOf, FILM_FPS, type FilmScene, type FilmSpeed, framesOf, scenesOf, strokesOneByOne } from './filmScript'

export const FILM_SIDES_PX = [360, 540, 720, 1080] as const

export interface FilmWish {
  readonly story: 'edits' | 'strokes'
  readonly view: FilmView
  readonly speed: FilmSpeed
  readonly sidePx: (typeof FILM_SIDES_PX)[number]
}

/** What would be in a film. */
export interface FilmPlan {
  readonly scenes: readonly FilmScene[]
  readonly seconds: number
  readonly faces: number
}

export interface FilmActions {
  /** How much of the film that is being made is done, 0–1; `null` while none is. */
  readonly store: StoreApi<{ readonly done: number | null }>
  /** Whether the history goes back to an empty page: else its film begins in the middle. */
  hasWholeHistory(): boolean
  plan(wish: FilmWish): FilmPlan
  start(wish: FilmWish): Promise<void>
  /** Of a drawing that is not on the page. @param conditions of its faces; missing: those of the page */
  startOf(documents: readonly SketchDocument[], name: string, wish: FilmWish, conditions?: FilmConditions): Promise<void>
  cancel(): void
}

export type FilmConditions = Pick<FaceScene, 'look' | 'tolerance'>

interface Parts {
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly preferences: PreferencesStore
  readonly inference: Pick<InferenceClient, 'store' | 'compare' | 'unload'>
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly onError: (error: unknown) => void
}

/** While somebody draws, this often it is looked whether the pen rests. */
const LOOK_MS = 80

export function createFilmActions(parts: Parts): FilmActions {
  const { editor, toasts, messages, onError } = parts
  const store = createStore<{ done: number | null }>(() => ({ done: null }))
  let running: AbortController | null = null
  const documents = (story: FilmWish['story']): readonly SketchDocument[] =>
    story === 'edits' ? editsOf(editor.timeline(HISTORY_LIMITS.steps)) : strokesOneByOne(editor.documentStore.getState().document)
  const plan = ({ story, view, speed }: FilmWish): FilmPlan => {
    const scenes = scenesOf(documents(story), speed)
    return { scenes, seconds: framesOf(scenes) / FILM_FPS, faces: view === 'drawing' ? 0 : scenes.length }
  }
  return {
    store,
    plan,
    hasWholeHistory: () => documents('edits')[0]?.strokes.length === 0,
    cancel: () => running?.abort(),
    start: (wish) => make(plan(wish).scenes, editor.documentStore.getState().document.name, wish),
    startOf: (of, name, wish, conditions) => make(scenesOf(of, wish.speed), name, wish, conditions),
  }

  async function make(scenes: readonly FilmScene[], name: string, wish: FilmWish, conditions?: FilmConditions): Promise<void> {
    // Minutes of work: it is not thrown away for another one.
    if (running) {
      toasts.show({ kind: 'note', title: messages().film.running })
      return
    }
    const controller = new AbortController()
    running = controller
    store.setState({ done: 0 })
    try {
      const film = await record(parts, scenes, { ...wish, ...conditions }, controller.signal, (done) => store.setState({ done }))
      const fileName = `${fileBase(name)}-film.${film.extension}`
      download(film.blob, fileName)
      toasts.show({ kind: 'note', title: messages().file.exported(fileName) })
    } catch (error) {
      if (!controller.signal.aborted) onError(error)
    } finally {
      running = null
      store.setState({ done: null })
    }
  }
}

async function record(
  parts: Parts,
  scenes: readonly FilmScene[],
  wish: FilmWish & Partial<FilmConditions>,
  signal: AbortSignal,
  onDone: (done: number) => void,
) {
  const { editor, faceLoop, preferences, inference } = parts
  const model = inference.store.getState().description?.model
  if (!model && wish.view !== 'drawing') throw new StudioError('bad-request', parts.messages().file.noFace)
  const ref = { shipped: model?.id ?? '' }
  const { look, tolerance } = { ...faceLoop.store.getState(), ...wish }
  const isBusy = (): boolean => editor.preview.current.gesture || faceLoop.store.getState().busy
  const total = framesOf(scenes)
  try {
    return await recordFilm({
      frames: filmFrames({
        scenes,
        view: wish.view,
        look,
        tolerance,
        standIns: preferences.getState().standIns,
        generate: (make) => inference.compare(ref, make),
        rest: async () => {
          do await new Promise((done) => setTimeout(done, isBusy() ? LOOK_MS : 0))
          while (isBusy() && !signal.aborted)
        },
        signal,
      }),
      fps: FILM_FPS,
      widthPx: wish.view === 'both' ? 2 * wish.sidePx : wish.sidePx,
      heightPx: wish.sidePx,
      what: FROM_SKETCH,
      signal,
      onProgress: (frames) => onDone(frames / total),
    })
  } finally {
    // Whoever else uses it there loads it again.
    if (model) void inference.unload(ref).catch(() => undefined)
  }
}
