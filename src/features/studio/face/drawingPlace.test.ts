import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createEditor, type Editor } from '../../../editor'
import { emptyDocument } from '../../../editor/document'
import { IDENTITY, scaleOf, turnDegreesOf } from '../../../faces/similarity'
import { defaultPreferences, type Preferences } from '../../ui/preferences'
import { createFaceLoop } from './faceLoop'
import type { FaceLoop } from './faceTypes'
import { drawHair, FakeGenerator, FakeRefiner, pause } from './testFaces'

let editor: Editor
let generator: FakeGenerator
let loop: FaceLoop

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

describe('the place of a drawing', () => {
  const sketchOf = (index: number): Uint8ClampedArray => generator.requests.at(index)?.sketch ?? new Uint8ClampedArray()
  const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
    return sum / a.length
  }

  /** The mean face drawn in place, then the whole of it shifted by 40 px, turned by 10° and scaled by 0.8. */
  async function drawAway(): Promise<Uint8ClampedArray> {
    editor.commands.startFromMeanFace('replace')
    await pause()
    const inPlace = sketchOf(-1)
    editor.selectAll()
    editor.commands.scaleSelection(0.8)
    editor.commands.rotateSelection(Math.PI / 18)
    editor.commands.nudgeSelection(40, 0)
    await pause()
    return inPlace
  }

  it('does not change what the model sees of it', async () => {
    expect(loop.store.getState().placement).toBe(IDENTITY)
    const inPlace = await drawAway()
    const { placement } = loop.store.getState()
    expect(scaleOf(placement)).toBeCloseTo(1.25, 2)
    expect(turnDegreesOf(placement)).toBeCloseTo(-10, 0)
    expect(difference(sketchOf(-1), inPlace)).toBeLessThan(2)
  })

  it('is left as it is where that is wanted, and taken up again', async () => {
    const inPlace = await drawAway()
    editor.commands.takeInPlace(false)
    await pause()
    expect(difference(sketchOf(-1), inPlace)).toBeGreaterThan(5)
    editor.commands.undo()
    await pause()
    expect(difference(sketchOf(-1), inPlace)).toBeLessThan(2)
  })

  it('stays the same through one more stroke, and begins anew with another sketch', async () => {
    await drawAway()
    const { placement } = loop.store.getState()
    drawHair(editor)
    await pause()
    expect(loop.store.getState().placement).toBe(placement)
    editor.load(emptyDocument('another'))
    await pause()
    expect(loop.store.getState().placement).toBe(IDENTITY)
  })

  it('is where parts of the mean face come when they are put on the page', async () => {
    await drawAway()
    const nose = editor.documentStore.getState().document.strokes.filter(({ part }) => part === 'nose')
    editor.select(nose.map(({ id }) => id))
    editor.commands.deleteSelection()
    editor.commands.startFromMeanFace('fill')
    const again = editor.documentStore.getState().document.strokes.filter(({ part }) => part === 'nose')
    const first = (strokes: typeof nose): number => strokes[0]?.points[0] ?? 0
    expect(first(again)).toBeCloseTo(first(nose), -0.5)
  })
})

describe('the look', () => {
  it('leaves to the drawing what it answers, until a person says otherwise', async () => {
    loop.setLook({ age: 30, hairStyle: 'bob' })
    await pause()
    drawHair(editor)
    await pause()
    expect(generator.requests.at(-1)?.look).toEqual({ age: 30, hairStyle: null })
    loop.takeLook({ age: 60, hairStyle: 'long' })
    await pause()
    expect(generator.requests.at(-1)?.look).toEqual({ age: 60, hairStyle: null })
    loop.setLook({ age: 60, hairStyle: 'afro' })
    await pause()
    expect(generator.requests.at(-1)?.look).toEqual({ age: 60, hairStyle: 'afro' })
    editor.commands.undo()
    await pause()
    expect(generator.requests.at(-1)?.look).toEqual({ age: 60, hairStyle: 'afro' })
  })
})
