import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEditor, type Editor } from '../../../editor'
import { listenToPointers } from './pointerGestures'
import { fitView, relativeZoom } from './view'

const SIDE = 512

/** As much of an element as the gestures touch. */
class FakeElement {
  private readonly listeners = new Map<string, (event: unknown) => void>()
  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.listeners.set(type, listener)
  }
  removeEventListener(type: string): void {
    this.listeners.delete(type)
  }
  getBoundingClientRect() {
    return { left: 100, top: 50, width: SIDE, height: SIDE }
  }
  setPointerCapture(): void {
    throw new Error('The pointer is gone.')
  }
  dispatch(type: string, event: object): void {
    this.listeners.get(type)?.({ preventDefault: () => undefined, button: 0, pressure: 0.5, timeStamp: 0, ...event })
  }
}

let element: FakeElement
let editor: Editor
let turned = 0
let spaceHeld: boolean
const onPanning = vi.fn()
const onFirstPen = vi.fn(() => editor.setSettings({ penOnly: true }))

type Kind = 'mouse' | 'pen' | 'touch'
const pointer = (
  type: 'down' | 'move' | 'up' | 'cancel',
  x: number,
  y: number,
  pointerId = 1,
  pointerType: Kind = 'mouse',
  more = {},
): void =>
  element.dispatch(`pointer${type}`, {
    clientX: 100 + x,
    clientY: 50 + y,
    pointerId,
    pointerType,
    button: type === 'move' ? -1 : 0,
    buttons: type === 'up' ? 0 : 1,
    ...more,
  })
const strokes = () => editor.documentStore.getState().document.strokes
const view = () => editor.sessionStore.getState().view

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
  element = new FakeElement()
  editor = createEditor({ settings: { view: fitView(SIDE), smoothing: 0, stabiliser: 0 } })
  spaceHeld = false
  turned = 0
  listenToPointers({
    element: element as unknown as HTMLElement,
    editor,
    surfacePx: () => SIDE,
    turnDegrees: () => turned,
    isSpaceHeld: () => spaceHeld,
    onPointer: () => undefined,
    onPanning,
    onFirstPen,
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

function drawLine(kind: Kind, id = 1): void {
  pointer('down', 100, 100, id, kind)
  pointer('move', 200, 120, id, kind)
  pointer('up', 200, 120, id, kind)
}

describe('one pointer', () => {
  it('draws in sketch pixels, wherever the surface lies', () => {
    drawLine('mouse')
    expect(strokes()).toHaveLength(1)
    expect(strokes()[0]?.points.slice(0, 2)).toEqual([100, 100])
  })

  it('takes every coalesced event', () => {
    pointer('down', 100, 100)
    const coalesced = [110, 150, 190].map((x) => ({
      clientX: 100 + x,
      clientY: 50 + 300,
      pointerId: 1,
      pointerType: 'mouse',
      pressure: 0.5,
      timeStamp: 0,
    }))
    pointer('move', 190, 300, 1, 'mouse', { getCoalescedEvents: () => coalesced })
    pointer('up', 190, 300)
    const ys = (strokes()[0]?.points ?? []).filter((_, i) => i % 3 === 1)
    expect(ys.filter((y) => y === 300).length).toBeGreaterThanOrEqual(2)
  })

  it('drops the stroke when the browser cancels the pointer', () => {
    pointer('down', 100, 100)
    pointer('move', 200, 100)
    pointer('cancel', 200, 100)
    expect(strokes()).toHaveLength(0)
  })

  it('pans with the space bar, the middle button and the pan tool, and does not draw', () => {
    editor.setSettings({ view: { zoom: 4, panX: -500, panY: -500 } })
    spaceHeld = true
    drawLine('mouse')
    expect(view()).toMatchObject({ panX: -400, panY: -480 })
    spaceHeld = false
    pointer('down', 100, 100, 1, 'mouse', { button: 1, buttons: 4 })
    pointer('move', 110, 100, 1, 'mouse', { buttons: 4 })
    pointer('up', 110, 100, 1, 'mouse', { button: 1 })
    editor.setTool('pan')
    drawLine('mouse')
    expect(view()).toMatchObject({ panX: -290, panY: -460 })
    expect(strokes()).toHaveLength(0)
    expect(onPanning).toHaveBeenLastCalledWith(false)
  })
})

describe('fingers', () => {
  it('zoom and pan by two, dropping what the first has begun', () => {
    pointer('down', 200, 256, 1, 'touch')
    pointer('move', 210, 256, 1, 'touch')
    pointer('down', 312, 256, 2, 'touch')
    pointer('move', 154, 256, 1, 'touch')
    pointer('move', 358, 256, 2, 'touch')
    pointer('up', 154, 256, 1, 'touch')
    pointer('up', 358, 256, 2, 'touch')
    expect(strokes()).toHaveLength(0)
    expect(relativeZoom(view(), SIDE)).toBeCloseTo(2, 1)
  })

  it('pan by one in pen-only mode', () => {
    editor.setSettings({ penOnly: true, view: { zoom: 4, panX: -500, panY: -500 } })
    drawLine('touch')
    expect(strokes()).toHaveLength(0)
    expect(view().panX).toBe(-400)
  })

  it('of the hand that holds the pen neither draw nor zoom nor end the stroke', () => {
    pointer('down', 100, 100, 7, 'pen')
    pointer('down', 300, 400, 1, 'touch')
    pointer('down', 340, 420, 2, 'touch')
    pointer('move', 300, 440, 1, 'touch')
    pointer('move', 200, 120, 7, 'pen')
    pointer('up', 300, 440, 1, 'touch')
    pointer('up', 200, 120, 7, 'pen')
    expect(strokes()).toHaveLength(1)
    expect(view()).toEqual(fitView(SIDE))
  })

  it('that came before the pen are forgotten', () => {
    pointer('down', 300, 400, 1, 'touch')
    pointer('down', 100, 100, 7, 'pen')
    pointer('down', 340, 420, 2, 'touch')
    pointer('move', 200, 120, 7, 'pen')
    pointer('up', 200, 120, 7, 'pen')
    pointer('up', 300, 400, 1, 'touch')
    expect(strokes()).toHaveLength(1)
    expect(strokes()[0]?.points.slice(0, 2)).toEqual([100, 100])
  })
})

describe('a pen', () => {
  const pen = { pressure: 0.8 }

  it('keeps its pressure to the end, though its release has none', () => {
    pointer('down', 100, 100, 7, 'pen', pen)
    pointer('move', 200, 120, 7, 'pen', pen)
    pointer('up', 200, 120, 7, 'pen', { pressure: 0 })
    expect(strokes()[0]?.points.filter((_, i) => i % 3 === 2)).toEqual([0.8, 0.8])
  })

  it('without force draws at its plain width', () => {
    pointer('down', 100, 100, 7, 'pen', { pressure: 0 })
    pointer('move', 200, 120, 7, 'pen', { pressure: 0 })
    pointer('up', 200, 120, 7, 'pen', { pressure: 0 })
    expect(strokes()[0]?.points.filter((_, i) => i % 3 === 2)).toEqual([0.5, 0.5])
  })

  it('erases with its other end, whatever tool is chosen', () => {
    drawLine('mouse')
    pointer('down', 150, 80, 7, 'pen', { button: 5, buttons: 32 })
    pointer('move', 150, 140, 7, 'pen', { buttons: 32 })
    pointer('up', 150, 140, 7, 'pen', { button: 5 })
    expect(strokes()).toHaveLength(0)
    expect(editor.sessionStore.getState().tool).toBe('pen')
  })

  it('turns fingers into hands that pan, once', () => {
    drawLine('pen', 7)
    drawLine('touch')
    expect(strokes()).toHaveLength(1)
    expect(onFirstPen).toHaveBeenCalledTimes(1)
    editor.setSettings({ penOnly: false })
    drawLine('pen', 7)
    drawLine('touch')
    expect(strokes()).toHaveLength(3)
    expect(onFirstPen).toHaveBeenCalledTimes(1)
  })
})

describe('a release that never arrives', () => {
  it.each([
    ['the next move has no button', () => pointer('move', 400, 400, 1, 'mouse', { buttons: 0 })],
    ['the capture is lost', () => element.dispatch('lostpointercapture', { pointerId: 1 })],
    ['the window loses the focus', () => window.dispatchEvent(new Event('blur'))],
    ['the same button goes down again', () => drawLine('mouse')],
  ])('ends the stroke at the last place: %s', (_, happens) => {
    pointer('down', 100, 300)
    pointer('move', 200, 300)
    happens()
    expect(editor.preview.current.gesture).toBe(false)
    const [stroke] = strokes()
    expect(stroke?.points.filter((__, i) => i % 3 === 0).at(-1)).toBe(200)
    expect(stroke?.points.filter((__, i) => i % 3 === 1).every((y) => y === 300)).toBe(true)
  })
})

describe('the wheel', () => {
  const wheel = (deltaY: number, more = {}): void =>
    element.dispatch('wheel', {
      clientX: 356,
      clientY: 306,
      deltaX: 0,
      deltaY,
      deltaMode: 0,
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      ...more,
    })

  it('leaves the page where it is under a stroke', () => {
    vi.stubGlobal('WheelEvent', { DOM_DELTA_LINE: 1, DOM_DELTA_PIXEL: 0 })
    pointer('down', 100, 100)
    wheel(-300, { ctrlKey: true })
    expect(view()).toEqual(fitView(SIDE))
  })

  it('zooms with Control about the pointer, and pans without', () => {
    vi.stubGlobal('WheelEvent', { DOM_DELTA_LINE: 1, DOM_DELTA_PIXEL: 0 })
    wheel(-300, { ctrlKey: true })
    // One notch is one small step, whatever the driver makes of it.
    expect(relativeZoom(view(), SIDE)).toBeCloseTo(1.08)
    for (let i = 0; i < 10; i++) wheel(-120, { ctrlKey: true })
    expect(relativeZoom(view(), SIDE)).toBeCloseTo(1.08 ** 11)
    // A pinch on a pad comes in many small ones.
    const pinched = relativeZoom(view(), SIDE)
    wheel(-2, { ctrlKey: true })
    expect(relativeZoom(view(), SIDE) / pinched).toBeCloseTo(Math.exp(2 * 2 * 0.0022), 4)
    const before = view()
    wheel(50)
    expect(view().panY).toBeCloseTo(before.panY - 50)
    wheel(50, { shiftKey: true })
    expect(view().panX).toBeCloseTo(before.panX - 50)
  })
})

describe('a turned page', () => {
  it('has the line where the pointer was, as it lies on the upright page', () => {
    turned = 90
    // On the screen from the middle to the right: on a page turned clockwise by a quarter that is towards its top.
    const middle = SIDE / 2
    pointer('down', middle, middle)
    pointer('move', middle + 100, middle)
    pointer('up', middle + 100, middle)
    const points = strokes()[0]?.points ?? []
    const scale = 512 / SIDE
    expect(points.slice(0, 2).map(Math.round)).toEqual([256, 256])
    expect(points.slice(-3, -1).map(Math.round)).toEqual([256, Math.round(256 - 100 * scale)])
  })

  it('is panned as the screen shows it', () => {
    vi.stubGlobal('WheelEvent', { DOM_DELTA_LINE: 1, DOM_DELTA_PIXEL: 0 })
    editor.setSettings({ view: { zoom: (4 * SIDE) / 512, panX: -1.5 * SIDE, panY: -1.5 * SIDE } })
    const before = view()
    turned = 90
    element.dispatch('wheel', {
      clientX: 60,
      clientY: 60,
      deltaX: 0,
      deltaY: 50,
      deltaMode: 0,
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
    })
    // Up on the screen is to the page's left.
    expect(view().panX).toBeCloseTo(before.panX - 50)
    expect(view().panY).toBeCloseTo(before.panY)
  })
})
