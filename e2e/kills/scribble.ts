/** Fast drawing, sent to the page as raw mouse input without waiting for answers; what the page saw of it comes back with its own times. */

import type { CDPSession, Page } from '@playwright/test'

/** A stroke every so often: as fast as hatching. */
const STROKE_MS = 90
const MOVES = 5
/** Of each move, in sketch pixels. */
const STEP = [9, 3] as const

/** Milliseconds since 1970. */
export interface PenUp {
  /** When the page's first listener saw it, before the studio did anything. */
  readonly seenAt: number
  /** When the studio's listeners had done their part, as the browser then acknowledges the event; missing while they have not. */
  handledAt?: number
}

export interface Scribble {
  readonly penUps: readonly PenUp[]
  stop(): void
}

/** Where stroke `n` begins, in sketch pixels: no two neighbours alike, so that one can be told by its place, and none under the notes at the page's edges. */
export const startOf = (n: number): readonly [number, number] => [40 + ((n * 37) % 400), 90 + ((n * 53) % 300)]

/** Where it ends. */
export function endOf(n: number): readonly [number, number] {
  const [x, y] = startOf(n)
  return [x + MOVES * STEP[0], y + MOVES * STEP[1]]
}

/** Tells of every pen-up, before the studio's own listeners run and after them. */
export async function watchPenUps(page: Page, session: CDPSession): Promise<PenUp[]> {
  const penUps: PenUp[] = []
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    const newest = penUps.at(-1)
    if (name === 'penUpSeen') penUps.push({ seenAt: Number(payload) })
    else if (name === 'penUpHandled' && newest) newest.handledAt = Number(payload)
  })
  await session.send('Runtime.enable')
  for (const name of ['penUpSeen', 'penUpHandled']) await session.send('Runtime.addBinding', { name })
  await page.evaluate(() => {
    const { penUpSeen, penUpHandled } = globalThis as unknown as Record<'penUpSeen' | 'penUpHandled', (at: string) => void>
    window.addEventListener('pointerup', () => penUpSeen(String(Date.now())), { capture: true })
    // Added last, at the end of the event's way.
    window.addEventListener('pointerup', () => penUpHandled(String(Date.now())))
  })
  return penUps
}

export async function scribble(page: Page, session: CDPSession, from: number): Promise<Scribble> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  const penUps = await watchPenUps(page, session)
  const send = (type: string, [x, y]: readonly [number, number], buttons: number): void => {
    const place = { x: box.x + (x / 512) * box.width, y: box.y + (y / 512) * box.height }
    const event = { type: type as 'mouseMoved', ...place, button: 'left' as const, buttons, clickCount: type === 'mouseMoved' ? 0 : 1 }
    // The browser is killed in the middle of this.
    session.send('Input.dispatchMouseEvent', event).catch(() => undefined)
  }
  let n = from
  const timer = setInterval(() => {
    const [x, y] = startOf(n++)
    send('mouseMoved', [x, y], 0)
    send('mousePressed', [x, y], 1)
    for (let i = 1; i <= MOVES; i++) send('mouseMoved', [x + i * STEP[0], y + i * STEP[1]], 1)
    send('mouseReleased', endOf(n - 1), 0)
  }, STROKE_MS)
  return { penUps, stop: () => clearInterval(timer) }
}
