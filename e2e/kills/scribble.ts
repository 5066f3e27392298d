/** Fast drawing, sent to the page as raw mouse input without waiting for answers; what the page saw of it comes back with its own times. */

import type { CDPSession, Page } from '@playwright/test'

/** A stroke every so often: as fast as hatching. */
const STROKE_MS = 90
const MOVES = 5

export interface PenUp {
  /** Milliseconds since 1970, when the page's first listener saw it. */
  readonly at: number
}

export interface Scribble {
  readonly penUps: readonly PenUp[]
  stop(): void
}

/** Where stroke `n` begins, in sketch pixels: no two neighbours alike, so that one can be told by its place. */
export const startOf = (n: number): readonly [number, number] => [20 + ((n * 37) % 430), 20 + ((n * 53) % 460)]

/** Tells of every pen-up before the studio's own listeners run. */
export async function watchPenUps(page: Page, session: CDPSession): Promise<PenUp[]> {
  const penUps: PenUp[] = []
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === 'penUp') penUps.push({ at: Number(payload) })
  })
  await session.send('Runtime.enable')
  await session.send('Runtime.addBinding', { name: 'penUp' })
  await page.evaluate(() => {
    const tell = (globalThis as unknown as { penUp: (at: string) => void }).penUp
    window.addEventListener('pointerup', () => tell(String(Date.now())), { capture: true })
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
    for (let i = 1; i <= MOVES; i++) send('mouseMoved', [x + 9 * i, y + 3 * i], 1)
    send('mouseReleased', [x + 9 * MOVES, y + 3 * MOVES], 0)
  }, STROKE_MS)
  return { penUps, stop: () => clearInterval(timer) }
}
