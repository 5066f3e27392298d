/**
 * What pointers on the surface mean, in one place: a pure machine, pointer events in, its next state and what is to be done out.
 *
 * A gesture is what the buttons say. It belongs to the pointer and the button that began it, and ends when that button is up: in whichever
 * event says so (browsers report chords as moves), or with the last place that is known when no event did (a release outside, a lost capture,
 * a window that lost the focus). One pointer draws at a time; two fingers zoom and pan; the middle button, a held space bar and the pan tool
 * pan; a pen's other end erases; once there has been a pen, fingers pan. Two or three fingers that come and go at once, without moving, are a tap.
 */

export type PointerKind = 'mouse' | 'pen' | 'touch'

/** As much of a pointer event as a decision needs; places in CSS pixels of the window. */
export interface Pointer {
  readonly id: number
  readonly kind: PointerKind
  readonly x: number
  readonly y: number
  /** The button that changed, −1 when none did. */
  readonly button: number
  /** The buttons that are down, as a bit mask. */
  readonly buttons: number
  readonly pressure: number
  /** When, in milliseconds of the page. */
  readonly timeMs: number
}

export type Happening =
  | { readonly type: 'down' | 'move' | 'up'; readonly pointer: Pointer }
  /** The browser has taken the pointer for itself; it will not come back. */
  | { readonly type: 'cancel'; readonly id: number }
  /** The pointer's capture ended: nothing more of it may arrive. */
  | { readonly type: 'lost'; readonly id: number }
  | { readonly type: 'leave'; readonly id: number }
  /** The window lost the focus, or the page was hidden. */
  | { readonly type: 'blur' }

/** How things stand when it happens. */
export interface Conditions {
  /** The space bar is held, or the pan tool is chosen. */
  readonly pans: boolean
  /** Fingers do not draw. */
  readonly penOnly: boolean
}

export type Effect =
  /** The event begins a gesture of the chosen tool, or of the eraser. */
  | { readonly do: 'begin'; readonly tool: 'chosen' | 'eraser'; readonly at: Pointer }
  /** The event goes on with the gesture. */
  | { readonly do: 'extend' }
  /** The gesture ends there, whole. */
  | { readonly do: 'end'; readonly at: Pointer }
  /** The gesture is dropped. */
  | { readonly do: 'drop' }
  | { readonly do: 'hover' }
  | { readonly do: 'unhover' }
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number }
  /** Two fingers: moved by (dx, dy) and spread by a factor about a place. */
  | { readonly do: 'pinch'; readonly dx: number; readonly dy: number; readonly factor: number; readonly x: number; readonly y: number }
  /** So many fingers touched and left the surface. */
  | { readonly do: 'tap'; readonly fingers: number }
  /** The first pen of the session. */
  | { readonly do: 'penArrived' }

interface Place {
  readonly id: number
  readonly x: number
  readonly y: number
}

interface Drawing {
  /** The newest event of the gesture: where it ends if its release never arrives. */
  readonly last: Pointer
  /** Bit of the button that began it. */
  readonly bit: number
  readonly travelledPx: number
}

export interface GestureState {
  readonly drawing: Drawing | null
  /** The pointer that pans on its own. */
  readonly panning: (Place & { readonly bit: number }) | null
  /** Fingers on the surface, in the order in which they came. */
  readonly fingers: readonly Place[]
  /** Several fingers that may yet be a tap. */
  readonly tap: Tap | null
  readonly penSeen: boolean
  /** When a pen was last near. */
  readonly penMs: number
}

interface Tap {
  /** As many as were there together. */
  readonly fingers: number
  readonly sinceMs: number
  readonly travelledPx: number
}

export const AT_REST: GestureState = {
  drawing: null,
  panning: null,
  fingers: [],
  tap: null,
  penSeen: false,
  penMs: Number.NEGATIVE_INFINITY,
}

const BITS: Readonly<Record<number, number>> = { 0: 1, 1: 4, 2: 2, 5: 32 }
const [TIP, BARREL, MIDDLE, ERASER_END] = [1, 2, 4, 32]
/** A finger that has drawn this far means its line: another finger (the palm) does not turn it into a pinch. */
const MEANT_PX = 40
/** Of a tap: its longest time, how far all its fingers may slip together, and how long no pen has been near (the hand that holds one touches with two places too). */
const TAP = { ms: 350, px: 24, afterPenMs: 2000 }

interface Step {
  readonly state: GestureState
  readonly effects: readonly Effect[]
}

export function step(state: GestureState, happening: Happening, conditions: Conditions): Step {
  switch (happening.type) {
    case 'down':
    case 'move':
    case 'up': {
      const { pointer } = happening
      const first = pointer.kind === 'pen' && !state.penSeen
      const seen = pointer.kind === 'pen' ? { ...state, penSeen: true, penMs: pointer.timeMs } : state
      const next = pointerStep(seen, happening.type, pointer, conditions)
      return first ? { state: next.state, effects: [{ do: 'penArrived' }, ...next.effects] } : next
    }
    case 'cancel':
    case 'lost':
      return gone(state, happening.id, happening.type === 'cancel')
    case 'leave':
      return { state, effects: state.drawing ? [] : [{ do: 'unhover' }] }
    case 'blur':
      return {
        state: { ...AT_REST, penSeen: state.penSeen, penMs: state.penMs },
        effects: state.drawing ? [{ do: 'end', at: state.drawing.last }] : [],
      }
  }
}

export function isPanning(state: GestureState): boolean {
  return state.panning !== null || (state.drawing === null && state.fingers.length >= 2)
}

function pointerStep(state: GestureState, type: 'down' | 'move' | 'up', pointer: Pointer, conditions: Conditions): Step {
  if (state.drawing?.last.id === pointer.id) return drawingStep(state, state.drawing, type, pointer, conditions)
  if (type === 'down') return begin(state, pointer, conditions)
  if (state.panning?.id === pointer.id) return panningStep(state, state.panning, pointer)
  if (pointer.kind === 'touch') return fingerStep(state, type, pointer)
  // A button that goes down while another one is held comes as a move.
  if (type === 'move' && !state.drawing && !state.panning && pointer.button >= 0 && isHeld(pointer, BITS[pointer.button] ?? 0)) {
    return begin(state, pointer, conditions)
  }
  return { state, effects: state.drawing || state.panning ? [] : [{ do: 'hover' }] }
}

/** Whether the button of this bit is down. A pen whose barrel button is pressed may report that one alone, though its tip still presses. */
function isHeld({ kind, buttons, pressure }: Pointer, bit: number): boolean {
  if ((buttons & bit) !== 0) return true
  return kind === 'pen' && bit === TIP && (buttons & BARREL) !== 0 && pressure > 0
}

function drawingStep(state: GestureState, drawing: Drawing, type: 'down' | 'move' | 'up', pointer: Pointer, conditions: Conditions): Step {
  const { last, bit } = drawing
  if (type === 'down') {
    // Its release has never arrived.
    const next = begin(without(state, pointer.id), pointer, conditions)
    return { state: next.state, effects: [{ do: 'end', at: last }, ...next.effects] }
  }
  if (type === 'up' || !isHeld(pointer, bit)) {
    // The place is the stroke's if the button has changed just now; the pressure of a release is nobody's.
    const isRelease = type === 'up' || pointer.button >= 0
    const at = isRelease ? { ...pointer, pressure: last.pressure } : last
    return { state: without(state, pointer.id), effects: [{ do: 'end', at }, ...(isRelease ? [] : [{ do: 'hover' } as const])] }
  }
  const travelledPx = drawing.travelledPx + Math.hypot(pointer.x - last.x, pointer.y - last.y)
  return { state: { ...moveFinger(state, pointer), drawing: { last: pointer, bit, travelledPx } }, effects: [{ do: 'extend' }] }
}

function begin(state: GestureState, pointer: Pointer, conditions: Conditions): Step {
  if (pointer.kind === 'touch') return beginTouch(state, pointer, conditions)
  // The pen has the right of way: a finger that draws was the palm, a mouse that still draws has lost its release.
  const { drawing } = state
  if (drawing && pointer.kind === 'mouse') return { state, effects: [] }
  const before: Effect[] = drawing ? [drawing.last.kind === 'touch' ? { do: 'drop' } : { do: 'end', at: drawing.last }] : []
  const free: GestureState = pointer.kind === 'pen' ? { ...AT_REST, penSeen: state.penSeen, penMs: state.penMs } : state
  if (free.panning) return { state: free, effects: before }
  const next = press(free, pointer, conditions)
  return { state: next.state, effects: [...before, ...next.effects] }
}

function press(state: GestureState, pointer: Pointer, { pans }: Conditions): Step {
  const bit = BITS[pointer.button] ?? 0
  const draws = bit === TIP || bit === ERASER_END
  if (bit === MIDDLE || (pans && draws))
    return { state: { ...state, panning: { id: pointer.id, x: pointer.x, y: pointer.y, bit } }, effects: [] }
  if (!draws) return { state, effects: [{ do: 'hover' }] }
  const tool = bit === ERASER_END ? 'eraser' : 'chosen'
  return { state: { ...state, drawing: { last: pointer, bit, travelledPx: 0 } }, effects: [{ do: 'begin', tool, at: pointer }] }
}

function beginTouch(state: GestureState, pointer: Pointer, { pans, penOnly }: Conditions): Step {
  const { drawing } = state
  // The hand that holds the pen rests on the screen, with as many contacts as it likes.
  if (drawing && (drawing.last.kind !== 'touch' || drawing.travelledPx >= MEANT_PX)) return { state, effects: [] }
  const fingers = [...state.fingers.filter(({ id }) => id !== pointer.id), { id: pointer.id, x: pointer.x, y: pointer.y }]
  if (fingers.length > 1) {
    const tap = { fingers: fingers.length, sinceMs: state.tap?.sinceMs ?? pointer.timeMs, travelledPx: state.tap?.travelledPx ?? 0 }
    return { state: { ...state, fingers, tap, drawing: null, panning: null }, effects: drawing ? [{ do: 'drop' }] : [] }
  }
  return press({ ...state, fingers }, pointer, { pans: pans || penOnly, penOnly })
}

function panningStep(state: GestureState, panning: Place & { bit: number }, pointer: Pointer): Step {
  const ended = !isHeld(pointer, panning.bit)
  const next = ended ? without(state, pointer.id) : { ...moveFinger(state, pointer), panning: { ...panning, x: pointer.x, y: pointer.y } }
  // A place without the button is not the pan's, unless the button has gone up there.
  const moved = !ended || pointer.button >= 0
  return { state: next, effects: moved ? [{ do: 'pan', dx: pointer.x - panning.x, dy: pointer.y - panning.y }] : [] }
}

function fingerStep(state: GestureState, type: 'move' | 'up', pointer: Pointer): Step {
  if (type === 'up') return liftFinger(without(state, pointer.id), pointer)
  const next = moveFinger(state, pointer)
  if (state.drawing || state.fingers.length < 2 || next === state) return { state: next, effects: [] }
  const before = spread(state.fingers)
  const after = spread(next.fingers)
  if (!before || !after) return { state: next, effects: [] }
  const factor = before.distance > 0 ? after.distance / before.distance : 1
  return { state: next, effects: [{ do: 'pinch', dx: after.x - before.x, dy: after.y - before.y, factor, x: after.x, y: after.y }] }
}

function liftFinger(state: GestureState, { timeMs }: Pointer): Step {
  const { tap, fingers } = state
  if (!tap || fingers.length > 0) return { state, effects: [] }
  const isTap = timeMs - tap.sinceMs <= TAP.ms && tap.travelledPx <= TAP.px && tap.sinceMs - state.penMs > TAP.afterPenMs
  return { state: { ...state, tap: null }, effects: isTap ? [{ do: 'tap', fingers: tap.fingers }] : [] }
}

function spread([a, b]: readonly Place[]): { x: number; y: number; distance: number } | null {
  return a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) } : null
}

function gone(state: GestureState, id: number, cancelled: boolean): Step {
  const { drawing } = state
  const effects: Effect[] = drawing?.last.id === id ? [cancelled ? { do: 'drop' } : { do: 'end', at: drawing.last }] : []
  return { state: without(state, id), effects }
}

/** Forgets a pointer. */
function without(state: GestureState, id: number): GestureState {
  return {
    ...state,
    drawing: state.drawing?.last.id === id ? null : state.drawing,
    panning: state.panning?.id === id ? null : state.panning,
    fingers: state.fingers.filter((finger) => finger.id !== id),
  }
}

function moveFinger(state: GestureState, { id, x, y }: Pointer): GestureState {
  const from = state.fingers.find((finger) => finger.id === id)
  if (!from) return state
  const tap = state.tap && { ...state.tap, travelledPx: state.tap.travelledPx + Math.hypot(x - from.x, y - from.y) }
  return { ...state, tap, fingers: state.fingers.map((finger) => (finger.id === id ? { id, x, y } : finger)) }
}
