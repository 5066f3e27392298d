/** The page as case mode sees it: the drawing, everything that its face is made under, and the face with what it was made of. */

import type { PageFace, PageModel, PagePort, PageScene } from '../features/cases/deskTypes'
import { StudioError } from '../shared/errors'
import { openTables } from '../storage/openTables'
import { DEFAULT_DATABASE_NAME } from '../storage/schema'
import { TABLES } from '../storage/tables'
import { tracesIn } from '../storage/traces'
import { refOf } from '../workers/protocol'
import type { AppServices } from './appContext'
import { forgetKeptFace } from './keptFaces'

type Parts = Pick<AppServices, 'studio' | 'inference' | 'keeper' | 'storage' | 'navigation' | 'files'>

export function casePage(parts: Parts): PagePort {
  const { studio, inference, keeper, storage, navigation, files } = parts
  const { editor, preferences, faceLoop } = studio
  return {
    scene: () => sceneOf(parts),
    subscribe: (listener) => {
      const stops = [
        editor.documentStore.subscribe((now, before) => now.document !== before.document && listener()),
        faceLoop.store.subscribe(listener),
        preferences.subscribe(listener),
        inference.store.subscribe(listener),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    startNew: () => keeper.startNew(),
    open: (id) => keeper.openSketch(id),
    adopt: (document, conditions) => keeper.adopt(document, conditions),
    face: () => faceOf(parts),
    isSettled: () => {
      const { shown, busy } = faceLoop.store.getState()
      return shown !== null && !shown.isPreview && !busy && shown.revision === editor.documentStore.getState().revision
    },
    setUnderlay: (underlay) => preferences.setState({ underlay }),
    generate: async (modelId, make) => {
      const { description } = inference.store.getState()
      const entry = description?.models.find(({ id }) => id === modelId)
      if (!description) throw new StudioError('bad-request', 'The model is not ready yet. Try again in a moment.')
      if (!entry) return null
      const face = await inference.compare(refOf(entry), make)
      return face && { ...face, request: null, backend: description.backend }
    },
    models: () => inference.store.getState().description?.models ?? [],
    purge: async (ids) => {
      if (ids.length === 0) return
      await storage.sketches.purge(ids)
      await forgetKeptFace(storage.settings, ids)
      await files.forgetSketches(ids)
    },
    traces: async (texts) => {
      const database = await openTables(TABLES, DEFAULT_DATABASE_NAME)
      try {
        return await tracesIn(database, texts)
      } finally {
        database.close()
      }
    },
    show: navigation.close,
  }
}

function sceneOf({ studio, inference }: Parts): PageScene {
  const { underlay, underlayOpacity, standIns } = studio.preferences.getState()
  const { look, tolerance, locality, placement } = studio.faceLoop.store.getState()
  return {
    document: studio.editor.documentStore.getState().document,
    settings: { look, tolerance, locality, standIns, underlay: underlay ? underlayOpacity : 0, placement },
    model: modelOf({ studio, inference }),
  }
}

function modelOf({ studio, inference }: Pick<Parts, 'studio' | 'inference'>): PageModel | null {
  const { description } = inference.store.getState()
  const madeBy = studio.faceLoop.record()?.picture.madeBy
  return description && madeBy ? { id: madeBy.model, weights: madeBy.weights, backend: description.backend } : null
}

function faceOf({ studio }: Parts): PageFace | null {
  const record = studio.faceLoop.record()
  return record && { ...record.picture, request: record.request }
}
