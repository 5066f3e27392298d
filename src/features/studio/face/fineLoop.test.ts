import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createEditor, type Editor } from '../../../editor'
import { defaultPreferences, type Preferences } from '../../ui/preferences'
import { createFaceLoop } from './faceLoop'
import type { FaceLoop } from './faceTypes'
import { REST_MS } from './fineLoop'
import { at, drawHair, drawMouth, FakeGenerator, FakeRefiner, pause } from './testFaces'

let editor: Editor
let generator: FakeGenerator
let refiner: FakeRefiner
let preferences: StoreApi<Preferences>
let loop: FaceLoop

const state = () => loop.store.getState()
const shown = () => [loop.current()?.pixels[0], state().shown?.quality]
const rest = (): Promise<void> => pause(REST_MS + 60)

async function answerLive(shade: number): Promise<void> {
  await pause()
  generator.answer(shade)
  await pause()
}

async function answerFine(shade: number): Promise<void> {
  refiner.answer(shade)
  await pause()
}

beforeEach(async () => {
  vi.useFakeTimers()
  editor = createEditor()
  generator = new FakeGenerator()
  refiner = new FakeRefiner()
  preferences = createStore<Preferences>(() => defaultPreferences(['en']))
  loop = createFaceLoop({ editor, preferences, generator, refiner })
  await answerLive(10)
})

afterEach(() => {
  loop.dispose()
  vi.useRealTimers()
})

describe('when the pen rests', () => {
  it('a finer face of the same drawing, look and tolerance takes the place of the live one', async () => {
    loop.setTolerance({ jaw: 1 })
    await answerLive(11)
    expect(refiner.requests).toHaveLength(0)
    await rest()
    expect(state().refining).toBe(true)
    expect(shown()).toEqual([11, 'live'])
    expect(refiner.requests[0]).toMatchObject({ look: { age: 30 }, tolerance: generator.requests.at(-1)?.tolerance })
    const revision = state().shown?.revision
    await answerFine(110)
    expect(shown()).toEqual([110, 'fine'])
    expect(state()).toMatchObject({ refining: false, shown: { revision } })
    expect(loop.settled()?.pixels[0]).toBe(110)
  })

  it('a new stroke goes back to live at once, and drops a finer face that comes too late', async () => {
    await rest()
    drawMouth(editor)
    expect(state().refining).toBe(false)
    await answerLive(20)
    expect(shown()).toEqual([20, 'live'])
    await answerFine(110)
    expect(shown()).toEqual([20, 'live'])
  })

  it.each([
    ['undo', () => editor.commands.undo()],
    ['a dial', () => loop.setLook({ age: 70 })],
    ['a slider', () => loop.setTolerance({ eyes: 1 })],
    ['another reach', () => loop.setLocality('hold')],
  ])('%s goes back to live', async (_, change) => {
    drawMouth(editor)
    await answerLive(20)
    await rest()
    // The face before the stroke comes first.
    await answerFine(110)
    await answerFine(120)
    expect(shown()).toEqual([120, 'fine'])
    change()
    await answerLive(30)
    expect(shown()).toEqual([30, 'live'])
  })

  it('a pen that comes down puts the rest off, and lifting it without a stroke takes it up again', async () => {
    await pause(REST_MS - 100)
    editor.pointerDown(at(210, 390))
    await pause(300)
    expect(refiner.requests).toHaveLength(0)
    editor.cancel()
    await rest()
    expect(refiner.requests).toHaveLength(1)
  })

  it('the stroke under the pen shows at once, however slow the finer model is', async () => {
    await rest()
    refiner.answer(110, 0, 5_000)
    await pause()
    expect(state().shown).toMatchObject({ quality: 'fine', elapsedMs: 5_000 })
    const { length } = generator.requests
    editor.pointerDown(at(210, 390))
    for (let i = 1; i <= 12; i++) {
      editor.pointerMove([at(210 + 8 * i, 390 + i)])
      await pause(25)
    }
    expect(generator.requests).toHaveLength(length + 1)
    generator.answer(15)
    await pause()
    expect(shown()).toEqual([15, 'live'])
    editor.cancel()
  })

  it('another name changes nothing', async () => {
    await rest()
    await answerFine(110)
    editor.commands.rename('Somebody')
    await pause()
    expect(shown()).toEqual([110, 'fine'])
    expect(state().shown?.revision).toBe(editor.documentStore.getState().revision)
    await rest()
    expect(refiner.requests).toHaveLength(1)
  })

  it('nothing happens without a finer model, and its failure leaves the live face', async () => {
    await rest()
    refiner.fail()
    await pause()
    expect(shown()).toEqual([10, 'live'])
    expect(state().refining).toBe(false)
    refiner.installed = false
    drawMouth(editor)
    await answerLive(20)
    await rest()
    expect(refiner.requests).toHaveLength(1)
  })

  it('the switch brings the live face back, and the finer one again', async () => {
    await rest()
    await answerFine(110)
    preferences.setState({ refines: false })
    expect(shown()).toEqual([10, 'live'])
    drawMouth(editor)
    await answerLive(20)
    await rest()
    expect(refiner.requests).toHaveLength(1)
    preferences.setState({ refines: true })
    await rest()
    expect(refiner.requests).toHaveLength(2)
  })
})

describe('the change of a finer face', () => {
  it('is measured against the finer face before the edit', async () => {
    await rest()
    await answerFine(110)
    drawMouth(editor)
    await answerLive(20)
    expect(generator.requests.at(-1)?.locality.reference?.pixels[0]).toBe(10)
    await rest()
    const request = refiner.requests.at(-1)
    expect(request?.locality.reference?.pixels[0]).toBe(110)
    expect(request?.locality.region?.some((value) => value > 0)).toBe(true)
    await answerFine(120)
    expect(state().shown?.change).toEqual({ meanInside: 2, meanOutside: 1 })
    expect(loop.previous()?.pixels[0]).toBe(110)
    // Live again: against the live face.
    drawHair(editor)
    await answerLive(30)
    expect(generator.requests.at(-1)?.locality.reference?.pixels[0]).toBe(20)
    expect(loop.previous()?.pixels[0]).toBe(20)
  })

  it('makes the finer face before the edit when the pen had not rested then', async () => {
    drawMouth(editor)
    await answerLive(20)
    await rest()
    expect(refiner.requests[0]?.locality.reference).toBeNull()
    expect(refiner.requests[0]?.sketch).not.toEqual(generator.requests.at(-1)?.sketch)
    await answerFine(110)
    expect(shown()).toEqual([20, 'live'])
    expect(refiner.requests[1]?.locality.reference?.pixels[0]).toBe(110)
    await answerFine(120)
    expect(shown()).toEqual([120, 'fine'])
    expect(loop.previous()?.pixels[0]).toBe(110)
  })

  it('covers every part that was drawn since the finer face that it is measured against', async () => {
    await rest()
    await answerFine(110)
    drawMouth(editor)
    await answerLive(20)
    drawHair(editor)
    await answerLive(30)
    await rest()
    const live = generator.requests.at(-1)?.locality.region ?? new Uint8ClampedArray()
    const fine = refiner.requests.at(-1)?.locality.region ?? new Uint8ClampedArray()
    const mouth = 25 * 32 + 16
    expect([live[mouth], fine[mouth]]).toEqual([0, 255])
  })

  it('holds as the live one does', async () => {
    loop.setLocality('hold')
    await answerLive(12)
    drawMouth(editor)
    await answerLive(20)
    const live = generator.requests.at(-1)?.locality
    await rest()
    await answerFine(110)
    const fine = refiner.requests.at(-1)?.locality
    expect(fine?.reference?.pixels[0]).toBe(110)
    expect(fine?.hold).toEqual(live?.hold)
    expect(refiner.requests[0]?.locality).toMatchObject({ hold: live?.hold, lockOutside: false, reference: null })
  })

  it('stays away while the rest is locked, and comes when it is let go', async () => {
    loop.setLocality('lock')
    await answerLive(12)
    drawMouth(editor)
    await answerLive(20)
    await rest()
    expect(refiner.requests).toHaveLength(0)
    expect(shown()).toEqual([20, 'live'])
    loop.setLocality('plain')
    await answerLive(30)
    await rest()
    expect(refiner.requests.length).toBeGreaterThan(0)
  })
})
