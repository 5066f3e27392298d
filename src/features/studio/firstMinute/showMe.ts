/** "Show me": an example drawn stroke by stroke by the pen itself, as a person would, so that the face is seen to follow. Whatever was drawn stays, to be edited or undone. */

import type { Editor, PointerInput } from '../../../editor/types'

/** In sketch pixels, through which the line runs. */
type Place = readonly [number, number]

export interface ExampleStroke {
  readonly id: 'hair' | 'smile' | 'brow'
  readonly places: readonly Place[]
}

export const EXAMPLE: readonly ExampleStroke[] = [
  { id: 'hair', places: [[104, 262], [96, 170], [148, 82], [256, 46], [364, 82], [416, 170], [408, 262]] }, // biome-ignore format: places in a row
  { id: 'smile', places: [[186, 385], [220, 396], [256, 399], [292, 396], [326, 385]] }, // biome-ignore format: places in a row
  { id: 'brow', places: [[292, 214], [320, 200], [348, 199], [374, 212]] }, // biome-ignore format: places in a row
]

const POINTER_ID = 9001
/** Points between two places, a screen's frame each. */
const STEPS = 14
const PAUSE_MS = 900

interface Show {
  readonly editor: Editor
  readonly signal: AbortSignal
  /** Before each stroke. */
  readonly onStroke: (id: ExampleStroke['id']) => void
  /** Resolves after so long, or as soon as the signal is given. */
  readonly wait: (ms: number) => Promise<void>
}

/** Resolves when all is drawn, or when the signal says that somebody else wants the pen: the stroke under way is then dropped. */
export async function showMe({ editor, signal, onStroke, wait }: Show): Promise<void> {
  for (const { id, places } of EXAMPLE) {
    if (signal.aborted) return
    onStroke(id)
    const points = along(places)
    const [first, ...rest] = points.map(([x, y], i) => input(x, y, i))
    if (!first || !editor.pointerDown(first, 'pen')) return
    for (const point of rest) {
      await wait(16)
      if (signal.aborted) {
        editor.cancel()
        return
      }
      editor.pointerMove([point])
    }
    editor.pointerUp(rest.at(-1) ?? first)
    await wait(PAUSE_MS)
  }
}

/** A curve through places (Catmull and Rom 1974). */
function along(places: readonly Place[]): Place[] {
  const at = (i: number): Place => places[Math.min(places.length - 1, Math.max(0, i))] ?? [0, 0]
  const between = (i: number, t: number): Place => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    const mix = (k: 0 | 1): number =>
      0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t ** 2 + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t ** 3)
    return [mix(0), mix(1)]
  }
  return [...places.slice(1).flatMap((_, i) => Array.from({ length: STEPS }, (_, k) => between(i, k / STEPS))), at(places.length - 1)]
}

const input = (x: number, y: number, i: number): PointerInput => ({
  ...{ x, y, pressure: 0.5, timeMs: 16 * i, pointerType: 'mouse', pointerId: POINTER_ID, pxPerScreenPx: 1 },
  ...{ shiftKey: false, altKey: false, ctrlKey: false },
})
