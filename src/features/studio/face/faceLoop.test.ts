import { beforeEach, describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createEditor, type Editor, type PointerInput } from '../../../editor'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import { defaultPreferences, type Preferences } from '../../ui/preferences'
import { createFaceLoop } from './faceLoop'
import type { FaceGenerator, FaceLoop } from './faceTypes'

const SIZE = 32

/** A worker whose answers the test gives; one in flight, one pending, as the real client. */
class FakeGenerator implements FaceGenerator {
  readonly requests: GenerateRequest[] = []
  ready = true
  private readonly waiting: { request: GenerateRequest; resolve: (face: GeneratedFace | null) => void; reject: (error: Error) => void }[] =
    []
  private listener: () => void = () => undefined

  model() {
    const lookPresets = [{ id: 'first', name: { en: 'First', zh: '一' }, look: { age: 30 } }]
    return this.ready ? { id: 'test', sizePx: SIZE, lookPresets } : null
  }

  subscribe(listener: () => void) {
    this.listener = listener
    return () => undefined
  }

  generate(request: GenerateRequest): Promise<GeneratedFace | null> {
    this.requests.push(request)
    return new Promise((resolve, reject) => this.waiting.push({ request, resolve, reject }))
  }

  /** Answers the `index`-th unanswered request with a face of one shade. */
  answer(shade: number, index = 0): void {
    const [{ request, resolve } = this.none()] = this.waiting.splice(index, 1)
    const pixels = new Uint8ClampedArray(SIZE * SIZE * 4).fill(shade)
    const change = request.locality.reference ? { heat: new Uint8ClampedArray(SIZE * SIZE), meanInside: 2, meanOutside: 1 } : null
    resolve({ revision: request.revision, pixels, sizePx: SIZE, elapsedMs: 10, change })
  }

  crash(): void {
    this.ready = false
    for (const { reject } of this.waiting.splice(0)) reject(new Error('crashed'))
    this.listener()
  }

  restart(): void {
    this.ready = true
    this.listener()
  }

  private none(): never {
    throw new Error('Nothing waits for an answer.')
  }
}

const pause = (ms = 20): Promise<void> => new Promise((done) => setTimeout(done, ms))

const at = (x: number, y: number): PointerInput => ({
  x,
  y,
  pressure: 0.5,
  pointerType: 'mouse',
  pointerId: 1,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  timeMs: 0,
  pxPerScreenPx: 1,
})

let editor: Editor
let generator: FakeGenerator
let loop: FaceLoop

const shade = (): number | undefined => loop.current()?.pixels[0]
const shownRevision = (): number | undefined => loop.store.getState().shown?.revision
const documentRevision = (): number => editor.documentStore.getState().revision

function drawMouth(dy = 0): void {
  editor.pointerDown(at(210, 390 + dy))
  editor.pointerMove([at(256, 400 + dy), at(300, 390 + dy)])
  editor.pointerUp(at(300, 390 + dy))
}

function drawHair(): void {
  editor.pointerDown(at(120, 100))
  editor.pointerMove([at(256, 40), at(390, 100)])
  editor.pointerUp(at(390, 100))
}

beforeEach(async () => {
  editor = createEditor()
  generator = new FakeGenerator()
  const preferences = createStore<Preferences>(() => defaultPreferences(['en']))
  loop = createFaceLoop({ editor, preferences, generator })
  await pause()
})

describe('the face loop', () => {
  it('asks for a face of the empty page at once, with the first look', () => {
    expect(generator.requests).toHaveLength(1)
    expect(generator.requests[0]?.look).toEqual({ age: 30 })
    // The mean face stands in: there is ink.
    expect(generator.requests[0]?.sketch.some((value) => value < 128)).toBe(true)
  })

  it('shows the face of every committed stroke', async () => {
    generator.answer(10)
    await pause()
    expect([shade(), shownRevision()]).toEqual([10, documentRevision()])
    drawMouth()
    await pause()
    expect(shownRevision()).toBeLessThan(documentRevision())
    generator.answer(20)
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
    expect(loop.previous()?.pixels[0]).toBe(10)
  })

  it('never shows an older face over a newer one', async () => {
    generator.answer(10)
    drawMouth()
    await pause()
    drawHair()
    await pause()
    expect(generator.requests).toHaveLength(3)
    generator.answer(30, 1)
    await pause()
    generator.answer(20, 0)
    await pause()
    expect([shade(), shownRevision()]).toEqual([30, documentRevision()])
  })

  it('does not ask again for a new name', async () => {
    generator.answer(10)
    await pause()
    editor.commands.rename('Somebody')
    await pause()
    expect(generator.requests).toHaveLength(1)
    expect(shownRevision()).toBe(documentRevision())
  })

  it('sends everything anew after a crash', async () => {
    generator.answer(10)
    drawMouth()
    await pause()
    generator.crash()
    await pause()
    expect(loop.store.getState().busy).toBe(false)
    generator.restart()
    await pause()
    generator.answer(20)
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
  })

  it('measures a run of edits against the face before it', async () => {
    generator.answer(10)
    await pause()
    drawMouth()
    await pause()
    generator.answer(20)
    await pause()
    drawMouth(10)
    await pause()
    const again = generator.requests.at(-1)
    expect(again?.locality.reference?.pixels[0]).toBe(10)
    expect(again?.locality.region?.some((value) => value > 0)).toBe(true)
    generator.answer(30)
    await pause()
    expect(loop.store.getState().shown?.change).toEqual({ meanInside: 2, meanOutside: 1 })
    drawHair()
    await pause()
    expect(generator.requests.at(-1)?.locality.reference?.pixels[0]).toBe(30)
  })

  it('holds the face as it stood when the switch was turned on', async () => {
    generator.answer(10)
    await pause()
    loop.setLocality('hold')
    await pause()
    const first = generator.requests.at(-1)?.locality.hold
    generator.answer(10)
    drawMouth()
    await pause()
    const second = generator.requests.at(-1)
    expect(second?.locality.hold?.id).toBe(first?.id)
    expect(second?.locality.hold?.sketch).not.toEqual(second?.sketch)
    loop.setLocality('plain')
    await pause()
    expect(generator.requests.at(-1)?.locality.hold).toBeNull()
    loop.setLocality('lock')
    await pause()
    expect(generator.requests.at(-1)?.locality.hold?.id).not.toBe(first?.id)
  })

  it('starts anew with another look', async () => {
    generator.answer(10)
    await pause()
    drawMouth()
    await pause()
    generator.answer(20)
    loop.setLook({ age: 60 })
    await pause()
    const request = generator.requests.at(-1)
    expect(request?.look).toEqual({ age: 60 })
    expect(request?.locality.reference).toBeNull()
  })
})

describe('previews', () => {
  async function drawSlowly(): Promise<void> {
    editor.pointerDown(at(210, 390))
    for (let i = 1; i <= 12; i++) {
      editor.pointerMove([at(210 + 8 * i, 390 + i)])
      await pause(25)
    }
  }

  it('shows the stroke under the pen without counting it as a revision', async () => {
    generator.answer(10)
    await pause()
    const before = documentRevision()
    await drawSlowly()
    expect(generator.requests.length).toBe(2)
    generator.answer(15)
    await pause()
    expect([shade(), shownRevision(), loop.store.getState().shown?.isPreview]).toEqual([15, before, true])
    expect(loop.settled()?.pixels[0]).toBe(10)
    editor.pointerUp(at(310, 400))
    await pause()
    generator.answer(20, generator.requests.length > 3 ? 1 : 0)
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
  })

  it('takes the preview of a dropped stroke back', async () => {
    generator.answer(10)
    await pause()
    await drawSlowly()
    generator.answer(15)
    await pause()
    expect(shade()).toBe(15)
    editor.cancel()
    await pause()
    generator.answer(11)
    await pause()
    expect([shade(), shownRevision(), loop.store.getState().shown?.isPreview]).toEqual([11, documentRevision(), false])
  })

  it('never takes the place of a committed stroke', async () => {
    await drawSlowly()
    // The face of the empty page is still on its way.
    expect(generator.requests).toHaveLength(1)
  })
})
