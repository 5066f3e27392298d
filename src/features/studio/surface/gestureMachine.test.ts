import { describe, expect, it } from 'vitest'
import { AT_REST, type Conditions, type GestureState, isPanning, type Pointer, type PointerKind, step } from './gestureMachine'

/**
 * A gesture as a row of words: `kind/type/button/buttons`, what changes and what is down. What the machine does is a row of words too: `begin`, `extend`,
 * `end(x)` …
 */
interface Row {
  readonly what: string
  readonly events: readonly string[]
  readonly does: readonly string[]
  readonly conditions?: Partial<Conditions>
}

const LETTERS: Readonly<Record<string, PointerKind>> = { m: 'mouse', p: 'pen', t: 'touch' }
const NAMES = { d: 'down', v: 'move', u: 'up' } as const

/** `m1 d 0/1 @10 p.5`: pointer m1 goes down by button 0, buttons 1, at x = 10, with pressure 0.5. */
function run(row: Row): { does: string[]; state: GestureState } {
  let state = AT_REST
  const does: string[] = []
  for (const word of row.events) {
    const [who = '', type = '', ...rest] = word.split(' ')
    const id = Number(who.slice(1))
    const conditions = { pans: false, penOnly: false, ...row.conditions }
    const pointer = parsePointer(id, LETTERS[who[0] ?? ''] ?? 'mouse', rest)
    const happening =
      type === 'd' || type === 'v' || type === 'u'
        ? ({ type: NAMES[type], pointer } as const)
        : type === 'blur'
          ? ({ type } as const)
          : ({ type: type as 'cancel' | 'lost' | 'leave', id } as const)
    const next = step(state, happening, conditions)
    state = next.state
    for (const effect of next.effects) {
      if (effect.do === 'begin') does.push(effect.tool === 'eraser' ? 'erase' : 'begin')
      else if (effect.do === 'end') does.push(`end ${effect.at.x} p${effect.at.pressure}`)
      else if (effect.do === 'pan') does.push(`pan ${effect.dx}`)
      else if (effect.do === 'pinch') does.push(`pinch x${effect.factor}`)
      else if (effect.do === 'tap') does.push(`tap ${effect.fingers}`)
      else does.push(effect.do)
    }
  }
  return { does, state }
}

function parsePointer(id: number, kind: PointerKind, words: readonly string[]): Pointer {
  const buttons = words
    .find((word) => word.includes('/'))
    ?.split('/')
    .map(Number) ?? [-1, 0]
  const x = Number(words.find((word) => word.startsWith('@'))?.slice(1) ?? 0)
  const pressure = Number(words.find((word) => word.startsWith('p'))?.slice(1) ?? 0.5)
  const timeMs = Number(words.find((word) => word.startsWith('+'))?.slice(1) ?? 0)
  return { id, kind, x, y: 0, button: buttons[0] ?? -1, buttons: buttons[1] ?? 0, pressure, timeMs }
}

const ROWS: readonly Row[] = [
  { what: 'a stroke', events: ['m1 d 0/1 @1', 'm1 v -1/1 @2', 'm1 u 0/0 @3'], does: ['begin', 'extend', 'end 3 p0.5'] },
  {
    what: 'a tap of two fingers',
    events: ['t1 d 0/1 @1', 't2 d 0/1 @90', 't1 u 0/0 @1 +120', 't2 u 0/0 @91 +140'],
    does: ['begin', 'drop', 'tap 2'],
  },
  {
    what: 'a tap of three fingers, once',
    events: ['t1 d 0/1 @1', 't2 d 0/1 @90', 't3 d 0/1 @180 +30', 't3 u 0/0 @180 +90', 't1 u 0/0 @1 +120', 't2 u 0/0 @91 +140'],
    does: ['begin', 'drop', 'tap 3'],
  },
  {
    what: 'no tap of the hand that holds a pen',
    events: ['p9 v -1/0 @1 +0', 't1 d 0/1 @1 +900', 't2 d 0/1 @9 +900', 't1 u 0/0 @1 +960', 't2 u 0/0 @9 +960'],
    does: ['penArrived', 'hover', 'begin', 'drop'],
  },
  {
    what: 'no tap of fingers that rest',
    events: ['t1 d 0/1 @1', 't2 d 0/1 @90', 't1 u 0/0 @1 +500', 't2 u 0/0 @90 +520'],
    does: ['begin', 'drop'],
  },
  {
    what: 'no tap of a pinch, however short',
    events: ['t1 d 0/1 @0', 't2 d 0/1 @100', 't2 v -1/1 @200 +60', 't1 u 0/0 @0 +120', 't2 u 0/0 @200 +130'],
    does: ['begin', 'drop', 'pinch x2'],
  },
  { what: 'nothing for a right button', events: ['m1 d 2/2 @1', 'm1 v -1/2 @2', 'm1 u 2/0 @3'], does: ['hover', 'hover', 'hover'] },
  // Chords: the browser tells of the second button, and of the first one's release, by moves.
  {
    what: 'left, then right, then left up: over when left is up',
    events: ['m1 d 0/1 @1', 'm1 v 2/3 @2', 'm1 v 0/2 @3', 'm1 v -1/2 @9', 'm1 u 2/0 @9'],
    does: ['begin', 'extend', 'end 3 p0.5', 'hover', 'hover'],
  },
  {
    what: 'left, right down and up again: goes on',
    events: ['m1 d 0/1 @1', 'm1 v 2/3 @2', 'm1 v 2/1 @3', 'm1 u 0/0 @4'],
    does: ['begin', 'extend', 'extend', 'end 4 p0.5'],
  },
  {
    what: 'right held, then left: draws, once',
    events: ['m1 d 2/2 @1', 'm1 v 0/3 @2', 'm1 v -1/3 @3', 'm1 v 2/1 @4', 'm1 u 0/0 @5'],
    does: ['hover', 'begin', 'extend', 'extend', 'end 5 p0.5'],
  },
  {
    what: 'middle held, then left: pans until middle is up, and left then draws nothing',
    events: ['m1 d 1/4 @1', 'm1 v 0/5 @2', 'm1 v 1/1 @3', 'm1 v -1/1 @9', 'm1 u 0/0 @9'],
    does: ['pan 1', 'pan 1', 'hover', 'hover'],
  },
  {
    what: 'left, then middle: the stroke goes on, nothing pans',
    events: ['m1 d 0/1 @1', 'm1 v 1/5 @2', 'm1 v 1/1 @3', 'm1 u 0/0 @4'],
    does: ['begin', 'extend', 'extend', 'end 4 p0.5'],
  },
  { what: 'a button that was pressed elsewhere draws nothing', events: ['m1 v -1/1 @1', 'm1 v -1/1 @2'], does: ['hover', 'hover'] },
  { what: 'the browser\u2019s back button draws nothing', events: ['m1 d 3/8 @1', 'm1 u 3/0 @1'], does: ['hover', 'hover'] },
  // Releases that never arrive.
  {
    what: 'no button on the next move',
    events: ['m1 d 0/1 @1', 'm1 v -1/1 @2', 'm1 v -1/0 @9'],
    does: ['begin', 'extend', 'end 2 p0.5', 'hover'],
  },
  {
    what: 'a lost capture',
    events: ['m1 d 0/1 @1', 'm1 v -1/1 @2', 'm1 lost', 'm1 v -1/0 @9'],
    does: ['begin', 'extend', 'end 2 p0.5', 'hover'],
  },
  {
    what: 'a lost capture after the release means nothing',
    events: ['m1 d 0/1 @1', 'm1 u 0/0 @2', 'm1 lost'],
    does: ['begin', 'end 2 p0.5'],
  },
  {
    what: 'a window that loses the focus',
    events: ['m1 d 0/1 @1', 'm1 v -1/1 @2', 'm1 blur', 'm1 v -1/1 @9'],
    does: ['begin', 'extend', 'end 2 p0.5', 'hover'],
  },
  { what: 'down again', events: ['m1 d 0/1 @1', 'm1 d 0/1 @5', 'm1 u 0/0 @6'], does: ['begin', 'end 1 p0.5', 'begin', 'end 6 p0.5'] },
  { what: 'a pointer that the browser takes', events: ['t1 d 0/1 @1', 't1 v -1/1 @2', 't1 cancel'], does: ['begin', 'extend', 'drop'] },
  { what: 'a pan without its release', events: ['m1 d 1/4 @1', 'm1 v -1/4 @3', 'm1 v -1/0 @9'], does: ['pan 2'] },
  // Pens.
  {
    what: 'a release has the pressure of before',
    events: ['p7 d 0/1 @1 p0.8', 'p7 v -1/1 @2 p0.7', 'p7 u 0/0 @3 p0'],
    does: ['penArrived', 'begin', 'extend', 'end 3 p0.7'],
  },
  {
    what: 'the eraser end erases',
    events: ['p7 d 5/32 @1', 'p7 v -1/32 @2', 'p7 u 5/0 @3'],
    does: ['penArrived', 'erase', 'extend', 'end 3 p0.5'],
  },
  {
    what: 'a tip that lifts while the barrel button is held, then hovers',
    events: ['p7 d 0/1 @1 p0.6', 'p7 v 2/3 @2 p0.6', 'p7 v 0/2 @3 p0', 'p7 v -1/2 @8 p0', 'p7 u 2/0 @9 p0'],
    does: ['penArrived', 'begin', 'extend', 'end 3 p0.6', 'hover', 'hover'],
  },
  {
    what: 'a barrel button that takes the tip\u2019s place while the tip presses',
    events: ['p7 d 0/1 @1 p0.6', 'p7 v 2/2 @2 p0.6', 'p7 v 2/1 @3 p0.6', 'p7 u 0/0 @4 p0'],
    does: ['penArrived', 'begin', 'extend', 'extend', 'end 4 p0.6'],
  },
  {
    what: 'the barrel button held in the air, then the tip comes down',
    events: ['p7 d 2/2 @1 p0', 'p7 v -1/2 @2 p0', 'p7 v 0/3 @3 p0.4', 'p7 v -1/3 @4 p0.4', 'p7 v 0/2 @5 p0', 'p7 u 2/0 @6 p0'],
    does: ['penArrived', 'hover', 'hover', 'begin', 'extend', 'end 5 p0.4', 'hover'],
  },
  { what: 'hovering', events: ['p7 v -1/0 @1 p0', 'p7 leave'], does: ['penArrived', 'hover', 'unhover'] },
  { what: 'leaving the surface with the button down', events: ['m1 d 0/1 @1', 'm1 leave', 'm1 u 0/0 @3'], does: ['begin', 'end 3 p0.5'] },
  {
    what: 'palms beside the pen, however many',
    events: ['p7 d 0/1 @1', 't1 d 0/1 @5', 't2 d 0/1 @6', 't1 v -1/1 @7', 't1 u 0/0 @7', 'p7 v -1/1 @2', 'p7 u 0/0 @3', 't2 v -1/1 @9'],
    does: ['penArrived', 'begin', 'extend', 'end 3 p0.5'],
  },
  {
    what: 'a palm that came before the pen',
    events: ['t1 d 0/1 @5', 'p7 d 0/1 @1', 't1 v -1/1 @9', 'p7 u 0/0 @2'],
    does: ['begin', 'penArrived', 'drop', 'begin', 'end 2 p0.5'],
  },
  {
    what: 'a mouse whose release was lost gives way to the pen, and keeps its stroke',
    events: ['m1 d 0/1 @1', 'm1 v -1/1 @2', 'p7 d 0/1 @5', 'p7 u 0/0 @6'],
    does: ['begin', 'extend', 'penArrived', 'end 2 p0.5', 'begin', 'end 6 p0.5'],
  },
  {
    what: 'a mouse beside the pen',
    events: ['p7 d 0/1 @1', 'm1 v -1/0 @5', 'm1 d 0/1 @5', 'm1 u 0/0 @5', 'p7 u 0/0 @2'],
    does: ['penArrived', 'begin', 'end 2 p0.5'],
  },
  // Panning.
  {
    what: 'space, and the pan tool',
    events: ['m1 d 0/1 @1', 'm1 v -1/1 @4', 'm1 u 0/0 @5'],
    does: ['pan 3', 'pan 1'],
    conditions: { pans: true },
  },
  {
    what: 'space with the eraser end',
    events: ['p7 d 5/32 @1', 'p7 v -1/32 @4', 'p7 u 5/0 @4'],
    does: ['penArrived', 'pan 3', 'pan 0'],
    conditions: { pans: true },
  },
  {
    what: 'a finger, once there has been a pen',
    events: ['t1 d 0/1 @1', 't1 v -1/1 @4', 't1 u 0/0 @4'],
    does: ['pan 3', 'pan 0'],
    conditions: { penOnly: true },
  },
  // Fingers.
  { what: 'a finger', events: ['t1 d 0/1 @1', 't1 v -1/1 @2', 't1 u 0/0 @3'], does: ['begin', 'extend', 'end 3 p0.5'] },
  {
    what: 'two fingers zoom and drop what the first began',
    events: ['t1 d 0/1 @0', 't2 d 0/1 @10', 't2 v -1/1 @20', 't1 u 0/0 @0', 't2 v -1/1 @90', 't2 u 0/0 @90'],
    does: ['begin', 'drop', 'pinch x2'],
  },
  {
    what: 'a second finger does not drop a line that was meant',
    events: ['t1 d 0/1 @0', 't1 v -1/1 @50', 't2 d 0/1 @90', 't2 v -1/1 @99', 't1 v -1/1 @60', 't1 u 0/0 @61'],
    does: ['begin', 'extend', 'extend', 'end 61 p0.5'],
  },
  {
    what: 'a finger beside the mouse',
    events: ['m1 d 0/1 @0', 't2 d 0/1 @9', 't2 v -1/1 @10', 'm1 u 0/0 @5'],
    does: ['begin', 'end 5 p0.5'],
  },
]

describe('what pointers mean', () => {
  it.each(ROWS)('$what', (row) => {
    const { does, state } = run(row)
    expect(does).toEqual(row.does)
    expect({ ...state, penSeen: false, penMs: AT_REST.penMs }).toEqual({ ...AT_REST, fingers: state.fingers })
    expect(isPanning(state)).toBe(false)
  })
})
