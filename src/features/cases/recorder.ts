/**
 * What happens on the page → the log of the open case, in the task in which it happens. A stroke that a killed browser could not log any more comes back with its sketch, and is
 * logged when the case is opened again, as found.
 */

import { drawingAfter, sharing, strokeChange } from '../../cases/drawingLog'
import { SETTING_NAMES, type SettingName } from '../../cases/entries'
import type { SketchDocument } from '../../editor/document'
import type { OpenCase } from '../../storage/openCase'
import type { PageModel, PagePort, PageScene } from './deskTypes'

/** A dial that is dragged is one entry: the value on which it comes to rest. */
const REST_MS = 400

export interface Recorder {
  readonly sketchId: string
  /** The sketch of the session is not on the page. */
  readonly isAway: () => boolean
  /** As they were entered last. */
  settings(): PageScene['settings']
  stop(): void
}

interface Parts {
  readonly open: OpenCase
  readonly page: PagePort
  readonly sketchId: string
  /** As they were entered last; missing where they stand in the log as they are on the page. */
  readonly settings?: PageScene['settings'] | undefined
  readonly onAway: (isAway: boolean) => void
  /** A write failed; it is in the log of this page and tried again. */
  readonly onError: (error: unknown) => void
}

export function startRecorder({ open, page, sketchId, settings: entered, onAway, onError }: Parts): Recorder {
  let known: SketchDocument = drawingAfter(open.entries, sketchId) ?? { version: 1, id: sketchId, name: '', tags: [], strokes: [] }
  let settings = entered ?? page.scene().settings
  let model = lastModel(open)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isAway = false
  const enter = (written: Promise<unknown>): void => void written.catch(onError)

  const takeDrawing = ({ document }: PageScene, found: boolean): void => {
    const change = strokeChange(sketchId, known, document)
    known = document
    if (change) enter(open.append('change', found ? { ...change, found: true } : change))
  }
  const takeSettings = (): void => {
    clearTimeout(timer)
    timer = undefined
    const { settings: now, document } = page.scene()
    // Another sketch's are none of the case's.
    if (document.id !== sketchId) return
    for (const name of SETTING_NAMES) {
      if (!isSame(settings[name], now[name])) enter(open.append('setting', { name, value: plain(now[name]) }))
    }
    settings = now
  }
  const takeModel = (now: PageModel | null): void => {
    if (!now || isSame(model, now)) return
    model = now
    enter(open.append('model', { id: now.id, weights: [...now.weights], backend: now.backend }))
  }
  const look = (found: boolean): void => {
    const scene = page.scene()
    const wasAway = isAway
    isAway = scene.document.id !== sketchId
    if (isAway !== wasAway) onAway(isAway)
    if (isAway) return
    takeDrawing(scene, found)
    takeModel(scene.model)
    const isMoved = (name: SettingName): boolean => !isSame(settings[name], scene.settings[name])
    if (timer === undefined && SETTING_NAMES.some(isMoved)) timer = setTimeout(takeSettings, REST_MS)
  }

  // What the log has may be the very strokes of the page, read from another place: only what differs is found.
  const { document } = page.scene()
  if (document.id === sketchId) known = sharing(known, document)
  look(true)
  const unsubscribe = page.subscribe(() => look(false))
  return {
    sketchId,
    isAway: () => isAway,
    settings: () => settings,
    stop: () => {
      unsubscribe()
      if (timer !== undefined) takeSettings()
    },
  }
}

const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

function lastModel({ entries }: OpenCase): PageModel | null {
  const entry = entries.findLast(({ kind }) => kind === 'model')
  return entry ? (JSON.parse(entry.text) as PageModel) : null
}
