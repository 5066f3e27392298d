import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { TestEditor } from '../../../editor/testEditor'
import { IDENTITY } from '../../../faces/similarity'
import { defaultPreferences } from '../../ui/preferences'
import { type FaceState, START } from '../face/faceTypes'
import { createWholeFace } from './wholeFace'

function studio() {
  const test = new TestEditor()
  const frames: (() => void)[] = []
  const wholeFace = createWholeFace({
    editor: test.editor,
    preferences: createStore(() => defaultPreferences(['en'])),
    faceLoop: { store: createStore<FaceState>(() => ({ ...START, placement: IDENTITY })) },
    frame: { request: (show) => frames.push(show), cancel: () => frames.splice(0) },
  })
  const nextFrame = (): void => {
    for (const show of frames.splice(0)) show()
  }
  test.editor.commands.startFromMeanFace()
  return { test, wholeFace, nextFrame, amounts: () => wholeFace.store.getState().amounts }
}

describe('the sliders of the whole face', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('show a drag as it goes, once a frame, and make one edit of it', () => {
    const { test, wholeFace, nextFrame } = studio()
    const before = test.document
    wholeFace.set('width', 0.2)
    wholeFace.set('width', 0.4)
    expect(test.preview.gesture).toBe(false)
    nextFrame()
    expect(test.preview.replacements).toHaveLength(before.strokes.length)
    expect(test.document).toBe(before)
    wholeFace.set('width', 0.6)
    wholeFace.settle()
    expect(test.editor.documentStore.getState().undoKind).toBe('wholeFace')
    test.editor.commands.undo()
    expect(test.document).toBe(before)
  })

  it('give the very strokes back at 0, whether on the way or as an edit of its own', () => {
    const { test, wholeFace, nextFrame } = studio()
    const before = test.document
    wholeFace.set('age', 0.5)
    nextFrame()
    wholeFace.set('age', 0)
    wholeFace.settle()
    expect(test.document).toBe(before)
    wholeFace.set('age', 0.5)
    wholeFace.settle()
    wholeFace.set('age', 0)
    wholeFace.settle()
    expect(test.strokes).toBe(before.strokes)
  })

  it('start from the drawing, not from what sliders have made of it', () => {
    const one = studio()
    one.wholeFace.set('jaw', 0.5)
    one.wholeFace.settle()
    one.wholeFace.set('jaw', 1)
    one.wholeFace.settle()
    const other = studio()
    other.wholeFace.set('jaw', 1)
    other.wholeFace.settle()
    expect(one.test.strokes.map(({ points }) => points)).toEqual(other.test.strokes.map(({ points }) => points))
  })

  it('go along with undo and redo', () => {
    const { test, wholeFace, amounts } = studio()
    wholeFace.set('age', 0.5)
    wholeFace.settle()
    wholeFace.set('width', -0.3)
    wholeFace.settle()
    expect(amounts()).toEqual({ age: 0.5, width: -0.3 })
    test.editor.commands.undo()
    expect(amounts()).toEqual({ age: 0.5 })
    test.editor.commands.undo()
    expect(amounts()).toEqual({})
    test.editor.commands.redo()
    expect(amounts()).toEqual({ age: 0.5 })
  })

  it('start anew from whatever else changes the page', () => {
    const { test, wholeFace, amounts } = studio()
    wholeFace.set('age', 0.5)
    wholeFace.settle()
    test.press(200, 100).drag(300, 100).lift()
    expect(amounts()).toEqual({})
    const drawn = test.strokes
    wholeFace.set('width', 1)
    wholeFace.settle()
    wholeFace.reset()
    expect(test.strokes).toEqual(drawn)
    expect(amounts()).toMatchObject({ width: 0 })
  })

  it('go back where they were when Escape or undo takes the change back', () => {
    const { test, wholeFace, nextFrame, amounts } = studio()
    wholeFace.set('sex', 0.5)
    wholeFace.settle()
    const page = test.document
    wholeFace.set('sex', 0.8)
    nextFrame()
    test.editor.cancel()
    expect(amounts()).toEqual({ sex: 0.5 })
    wholeFace.set('sex', 0.9)
    nextFrame()
    test.editor.commands.undo()
    expect(amounts()).toEqual({ sex: 0.5 })
    expect(test.document).toBe(page)
  })

  it('make one edit of several keys, once they rest', () => {
    const { test, wholeFace } = studio()
    const before = test.document
    for (const amount of [0.05, 0.1, 0.15]) {
      wholeFace.set('fullness', amount)
      wholeFace.settleSoon()
      vi.advanceTimersByTime(200)
    }
    expect(test.document).toBe(before)
    vi.advanceTimersByTime(1000)
    expect(test.document).not.toBe(before)
    test.editor.commands.undo()
    expect(test.document).toBe(before)
  })

  it('reset one, or all, as one edit', () => {
    const { test, wholeFace, amounts } = studio()
    wholeFace.set('age', 0.5)
    wholeFace.settle()
    wholeFace.set('jaw', 0.5)
    wholeFace.settle()
    wholeFace.reset('age')
    expect(amounts()).toEqual({ age: 0, jaw: 0.5 })
    wholeFace.reset()
    expect(Object.values(amounts()).every((amount) => amount === 0)).toBe(true)
    test.editor.commands.undo()
    expect(amounts()).toEqual({ age: 0, jaw: 0.5 })
  })

  it('leave the page to the pen while it is down', () => {
    const { test, wholeFace, nextFrame, amounts } = studio()
    test.press(200, 100).drag(250, 100)
    wholeFace.set('age', 0.5)
    nextFrame()
    expect(amounts()).toEqual({})
    test.lift()
    expect(test.editor.documentStore.getState().undoKind).toBe('draw')
  })
})
