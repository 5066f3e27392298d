import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createEditor, type Editor } from '../../../editor'
import type { GeneratedFace, GenerateRequest, MakeRequest, ModelEntry } from '../../../workers/protocol'
import { defaultPreferences, type Preferences } from '../../ui/preferences'
import { createFaceLoop } from '../face/faceLoop'
import type { FaceLoop } from '../face/faceTypes'
import { DEFAULTS, drawHair, drawMouth, FakeGenerator, FakeRefiner, pause } from '../face/testFaces'
import { type Comparison, createComparison } from './comparisonLoop'

const SIZE = 16
const MODELS: readonly ModelEntry[] = ['one', 'two'].map((id) => ({ id, name: { en: id, zh: id }, role: 'comparison' }))

/** Answers at once: a face whose shade counts the model's requests. */
class FakeModels {
  readonly asked: Record<string, GenerateRequest[]> = { one: [], two: [] }
  readonly released: string[] = []
  failing: string | null = null
  gate: Promise<void> = Promise.resolve()

  list(): readonly ModelEntry[] {
    return MODELS
  }

  release(modelId: string): void {
    this.released.push(modelId)
  }

  async generate(modelId: string, make: MakeRequest): Promise<GeneratedFace | null> {
    await this.gate
    if (modelId === this.failing) throw new Error('no such file')
    const request = make({
      id: modelId,
      ref: { shipped: modelId },
      name: { en: modelId, zh: modelId },
      role: 'comparison',
      sizePx: SIZE,
      bytes: 1,
      strength: null,
      lookFields: [],
      lookPresets: [],
      tolerance: null,
    })
    if (!request) return null
    this.asked[modelId]?.push(request)
    const pixels = new Uint8ClampedArray(SIZE * SIZE * 4).fill(this.asked[modelId]?.length ?? 0)
    const change = request.locality.reference ? { heat: new Uint8ClampedArray(SIZE * SIZE), meanInside: 5, meanOutside: 1 } : null
    return { revision: request.revision, pixels, sizePx: SIZE, elapsedMs: 1, change, madeBy: null }
  }
}

let editor: Editor
let models: FakeModels
let faceLoop: FaceLoop
let comparison: Comparison

const face = (id: string) => comparison.store.getState().faces[id]
const shade = (id: string) => comparison.pictures(id)?.face.pixels[0]

beforeEach(() => {
  vi.useFakeTimers()
  editor = createEditor()
  models = new FakeModels()
  const preferences = createStore<Preferences>(() => defaultPreferences(['en']))
  faceLoop = createFaceLoop({ editor, preferences, generator: new FakeGenerator(), refiner: new FakeRefiner() })
  comparison = createComparison({ editor, preferences, faceLoop, models })
})

afterEach(() => {
  comparison.dispose()
  faceLoop.dispose()
  vi.useRealTimers()
})

describe('the comparison', () => {
  it('asks no model before it is opened', async () => {
    drawMouth(editor)
    await pause()
    expect(models.asked).toEqual({ one: [], two: [] })
  })

  it('shows every model’s face of the drawing, with nothing changed', async () => {
    drawMouth(editor)
    comparison.open()
    expect(face('one')).toMatchObject({ status: 'waiting' })
    await pause()
    for (const id of ['one', 'two']) {
      expect(face(id)).toMatchObject({ status: 'shown', change: null })
      expect(models.asked[id]?.[0]?.look).toEqual({ age: 30 })
    }
    // Plain faces: what is compared are the models.
    expect(models.asked.one?.[0]).toMatchObject({ tolerance: null, locality: { hold: null, lockOutside: false, reference: null } })
  })

  it('measures an edit against the same model’s face of the pinned drawing', async () => {
    comparison.open()
    await pause()
    drawMouth(editor)
    await pause()
    drawMouth(editor, 6)
    await pause()
    for (const id of ['one', 'two']) {
      expect(face(id)).toMatchObject({ change: { meanInside: 5, meanOutside: 1 } })
      expect(models.asked[id]?.map(({ locality }) => locality.reference?.pixels[0])).toEqual([undefined, 1, 1])
      const region = models.asked[id]?.at(-1)?.locality.region
      expect([region?.[12 * SIZE + 8], region?.[2 * SIZE + 8]]).toEqual([255, 0])
      expect(shade(id)).toBe(3)
    }
    editor.commands.undo()
    editor.commands.undo()
    await pause()
    expect(face('one')?.change).toBeNull()
    expect(shade('one')).toBe(1)
  })

  it('pins the drawing as it is', async () => {
    comparison.open()
    await pause()
    drawMouth(editor)
    await pause()
    comparison.pin()
    await pause()
    expect(face('one')?.change).toBeNull()
    drawHair(editor)
    await pause()
    expect(models.asked.one?.at(-1)?.locality.reference?.pixels[0]).toBe(3)
  })

  it('makes the face before the edit anew with another look, and starts anew with another sketch', async () => {
    comparison.open()
    await pause()
    drawMouth(editor)
    await pause()
    faceLoop.setLook({ age: 60 })
    await pause()
    expect(models.asked.one?.slice(-2).map(({ look, locality }) => [look, locality.reference?.pixels[0]])).toEqual([
      [{ age: 60 }, undefined],
      [{ age: 60 }, 3],
    ])
    editor.load({ version: 1, id: 'another', name: '', tags: [], strokes: [] })
    await pause()
    expect(face('one')?.change).toBeNull()
  })

  it('passes over what came while a model was busy', async () => {
    comparison.open()
    await pause()
    let open = (): void => undefined
    models.gate = new Promise((done) => {
      open = done
    })
    for (let i = 0; i < 5; i++) {
      drawMouth(editor, i)
      await pause(5)
    }
    open()
    await pause()
    expect(models.asked.one).toHaveLength(3)
    expect(models.asked.one?.at(-1)?.revision).toBe(editor.documentStore.getState().revision)
  })

  it('a model that fails says so, the others go on, and closing forgets all', async () => {
    models.failing = 'one'
    comparison.open()
    await pause()
    expect([face('one')?.status, face('two')?.status]).toEqual(['failed', 'shown'])
    comparison.close()
    expect(comparison.store.getState()).toEqual({ isOpen: false, faces: {} })
    expect(comparison.pictures('two')).toBeNull()
    expect(models.released).toEqual(['one', 'two'])
    const { length } = models.asked.two ?? []
    drawMouth(editor)
    await pause()
    expect(models.asked.two).toHaveLength(length)
  })

  it('has nothing to do with the tolerance in use', async () => {
    comparison.open()
    await pause()
    faceLoop.setTolerance(DEFAULTS)
    await pause()
    expect(models.asked.one).toHaveLength(1)
  })
})
