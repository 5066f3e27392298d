import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createEditor, type Editor } from '../../../editor'
import { defaultPreferences, type Preferences } from '../../ui/preferences'
import { createFaceLoop } from './faceLoop'
import type { FaceLoop } from './faceTypes'
import { at, DEFAULTS, drawHair, drawMouth, FakeGenerator, FakeRefiner, pause } from './testFaces'

let editor: Editor
let generator: FakeGenerator
let loop: FaceLoop

const shade = (): number | undefined => loop.current()?.pixels[0]
const shownRevision = (): number | undefined => loop.store.getState().shown?.revision
const documentRevision = (): number => editor.documentStore.getState().revision

afterEach(() => {
  loop.dispose()
  vi.useRealTimers()
})

beforeEach(async () => {
  vi.useFakeTimers()
  editor = createEditor()
  generator = new FakeGenerator()
  const preferences = createStore<Preferences>(() => defaultPreferences(['en']))
  loop = createFaceLoop({ editor, preferences, generator, refiner: new FakeRefiner() })
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
    drawMouth(editor)
    await pause()
    expect(shownRevision()).toBeLessThan(documentRevision())
    generator.answer(20)
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
    expect(loop.previous()?.pixels[0]).toBe(10)
  })

  it('never shows an older face over a newer one', async () => {
    generator.answer(10)
    drawMouth(editor)
    await pause()
    drawHair(editor)
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

  it('shows the newest revision after an edit that was undone and done again at once, also while its face was on its way', async () => {
    generator.answer(10)
    drawMouth(editor)
    await pause()
    const again = (): void => {
      editor.commands.undo()
      editor.commands.redo()
    }
    again()
    await pause()
    generator.answer(20)
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
    again()
    await pause()
    expect([shade(), shownRevision()]).toEqual([20, documentRevision()])
    expect(generator.requests).toHaveLength(2)
  })

  it('sends everything anew after a crash', async () => {
    generator.answer(10)
    drawMouth(editor)
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
    drawMouth(editor)
    await pause()
    generator.answer(20)
    await pause()
    drawMouth(editor, 10)
    await pause()
    const again = generator.requests.at(-1)
    expect(again?.locality.reference?.pixels[0]).toBe(10)
    expect(again?.locality.region?.some((value) => value > 0)).toBe(true)
    generator.answer(30)
    await pause()
    expect(loop.store.getState().shown?.change).toEqual({ meanInside: 2, meanOutside: 1 })
    drawHair(editor)
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
    drawMouth(editor)
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

  it('asks with what the model recommends until something else was chosen', async () => {
    expect(generator.requests[0]?.tolerance).toEqual(DEFAULTS)
    generator.answer(10)
    await pause()
    loop.setTolerance({ jaw: 0 })
    await pause()
    const request = generator.requests.at(-1)
    expect(request?.tolerance).toEqual({ ...DEFAULTS, jaw: 0 })
    // A slider is no edit of the drawing: the face starts anew.
    expect(request?.locality.reference).toBeNull()
    loop.setTolerance({})
    await pause()
    generator.answer(20)
    await pause()
    expect(generator.requests.at(-1)?.tolerance).toEqual(DEFAULTS)
  })

  it('asks a model without a tolerance map once, whatever was chosen', async () => {
    generator.crash()
    generator.tolerance = null
    generator.restart()
    await pause()
    generator.answer(10)
    await pause()
    const { length } = generator.requests
    loop.setTolerance({ jaw: 0.3 })
    await pause()
    expect(generator.requests).toHaveLength(length)
    expect(generator.requests.at(-1)?.tolerance).toBeNull()
  })

  it('starts anew with another look', async () => {
    generator.answer(10)
    await pause()
    drawMouth(editor)
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
