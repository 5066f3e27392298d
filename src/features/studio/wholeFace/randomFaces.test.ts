import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { TestEditor } from '../../../editor/testEditor'
import type { Look, LookField } from '../../../faces/look'
import type { GeneratedFace, GenerateRequest, ModelSummary } from '../../../workers/protocol'
import { type FaceState, START } from '../face/faceTypes'
import { createRandomFaces, randomFaceNumber } from './randomFaces'

const FIELDS: readonly LookField[] = [{ id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 }]
const MODEL = { ref: { shipped: 'live' }, lookFields: FIELDS, sizePx: 64, tolerance: null } as unknown as ModelSummary

interface Asked {
  readonly request: GenerateRequest
  answer(): void
  fail(): void
}

function studio(model: () => ModelSummary | null = () => MODEL) {
  const test = new TestEditor()
  const store = createStore<FaceState>(() => ({ ...START, look: { age: 30 } }))
  const asked: Asked[] = []
  const released: unknown[] = []
  let number = 0
  const random = createRandomFaces({
    editor: test.editor,
    faceLoop: {
      store,
      setLook: (look: Look) => store.setState({ look }),
      takeLook: (look: Look) => store.setState({ look }),
    },
    model,
    generate: (_, make) =>
      new Promise((done, failed) => {
        void Promise.resolve(make(MODEL)).then((request) => {
          if (!request) return done(null)
          const face = { pixels: new Uint8ClampedArray(64 * 64 * 4), sizePx: 64, madeBy: null } as unknown as GeneratedFace
          asked.push({ request, answer: () => done(face), fail: () => failed(new Error('lost')) })
        })
      }),
    release: (ref) => released.push(ref),
    random: () => (number++ % 50) / 50,
  })
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 8; i++) await Promise.resolve()
  }
  const look = (): Look => store.getState().look
  return { test, store, look, random, asked, released, settle, faces: () => random.store.getState().faces ?? [] }
}

describe('random faces', () => {
  it('are six different people, each with its contour and its look, the same for the same number', () => {
    const one = studio()
    one.random.offer()
    const faces = one.faces()
    expect(new Set(faces.map(({ seed }) => seed)).size).toBe(6)
    expect(new Set(faces.map(({ strokes }) => JSON.stringify(strokes.map(({ points }) => points)))).size).toBe(6)
    for (const { strokes, look } of faces) {
      expect(new Set(strokes.map(({ part }) => part))).toEqual(
        new Set(['jaw', 'leftBrow', 'rightBrow', 'nose', 'leftEye', 'rightEye', 'mouth']),
      )
      expect(look.age).toBeGreaterThanOrEqual(18)
    }
    const other = studio()
    other.random.offer()
    expect(other.faces().map(({ strokes, look }) => [strokes.map(({ points }) => points), look])).toEqual(
      faces.map(({ strokes, look }) => [strokes.map(({ points }) => points), look]),
    )
  })

  it('are asked for one at a time', async () => {
    const { random, asked, settle, faces } = studio()
    random.offer()
    await settle()
    expect(asked).toHaveLength(1)
    expect(asked[0]?.request.look).toEqual(faces()[0]?.look)
    expect(asked[0]?.request.sketch.some((value) => value < 128)).toBe(true)
    asked[0]?.answer()
    await settle()
    expect(asked).toHaveLength(2)
    expect(faces().map(({ status }) => status)).toEqual(['shown', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting'])
  })

  it('go on after one that failed', async () => {
    const { random, asked, settle, faces } = studio()
    random.offer()
    await settle()
    asked[0]?.fail()
    await settle()
    expect(faces()[0]?.status).toBe('failed')
    expect(asked).toHaveLength(2)
  })

  it('can be drawn without a face of theirs while no model is ready', async () => {
    const { random, settle, faces } = studio(() => null)
    random.offer()
    await settle()
    expect(faces().every(({ status, strokes }) => status === 'failed' && strokes.length > 10)).toBe(true)
  })

  it('that are no longer offered are not made, and the memory goes', async () => {
    const { random, asked, released, settle } = studio()
    random.offer()
    await settle()
    random.close()
    asked[0]?.answer()
    await settle()
    expect(asked).toHaveLength(1)
    expect(released).toEqual([{ shipped: 'live' }])
    expect(random.store.getState().faces).toBeNull()
  })

  it('become the page in one edit, with their number and their look, which undo takes back', () => {
    const { test, random, look, faces } = studio()
    test.press(100, 100).drag(200, 100).lift()
    test.editor.commands.setTags(['hero', 'face-1'])
    const before = test.document
    random.offer()
    const chosen = faces()[2]
    if (!chosen) throw new Error('no face')
    random.choose(chosen.seed)
    expect(test.strokes).toBe(chosen.strokes)
    expect(test.document.tags).toEqual(['hero', `face-${chosen.seed}`])
    expect(randomFaceNumber(test.document)).toBe(chosen.seed)
    expect(look()).toEqual(chosen.look)
    test.editor.commands.undo()
    expect(test.document).toBe(before)
    expect(look()).toEqual({ age: 30 })
    test.editor.commands.redo()
    expect(test.strokes).toBe(chosen.strokes)
    expect(look()).toEqual(chosen.look)
  })

  it('leave a look alone that was changed since', () => {
    const { test, store, random, look, faces } = studio()
    random.offer()
    random.choose(faces()[0]?.seed ?? 0)
    store.setState({ look: { age: 77 } })
    test.editor.commands.undo()
    expect(look()).toEqual({ age: 77 })
  })
})

describe('the number of a random face', () => {
  it('is told by its tag alone', () => {
    expect(randomFaceNumber({ tags: ['a', 'face-123'] })).toBe(123)
    expect(randomFaceNumber({ tags: ['face-', 'face-12x', 'surface-3', '2024'] })).toBeNull()
  })
})
