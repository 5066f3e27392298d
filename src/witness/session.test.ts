/** Both sides of the channel, joined by one in memory: the operator's link and the witness's window. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WitnessLink } from '../shared/witnessLink'
import { BLANK, channelOf, SILENCE_MS, type WitnessChannel, type WitnessView } from '../shared/witnessMessages'
import { startWitness, type WitnessScreen } from './session'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]).buffer
const picture = (caption: string): WitnessView => ({ kind: 'picture', png: PNG, caption, isFace: true })
const NAME = '0123456789abcdef'.repeat(2)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** As a BroadcastChannel: to all others of the name, in later tasks, as copies. */
function air() {
  const ends = new Map<string, Set<WitnessChannel>>()
  const sent: unknown[] = []
  const open = (name: string): WitnessChannel => {
    const others = ends.get(name) ?? new Set<WitnessChannel>()
    ends.set(name, others)
    const channel: WitnessChannel = {
      onmessage: null,
      postMessage: (message) => {
        sent.push(message)
        for (const other of others) {
          if (other !== channel) setTimeout(() => other.onmessage?.({ data: structuredClone(message) } as MessageEvent<unknown>), 1)
        }
      },
      close: () => others.delete(channel),
    }
    others.add(channel)
    return channel
  }
  return { open, sent }
}

function screen() {
  const seen: { view: WitnessView; language: string }[] = []
  const state = { isClosed: false, decodeMs: 0, isBroken: false }
  const it: WitnessScreen = {
    show: async (view, language) => {
      if (view.kind === 'picture' && state.decodeMs > 0) await new Promise((done) => setTimeout(done, state.decodeMs))
      if (state.isBroken && view.kind === 'picture') return false
      seen.push({ view, language })
      return true
    },
    closeWindow: () => {
      state.isClosed = true
    },
  }
  return { screen: it, seen, state, now: () => seen.at(-1)?.view ?? null }
}

function operator(open: (name: string) => WitnessChannel, opened: { address: string; name: string }[] = []) {
  const leaving = new EventTarget()
  const window = { focus: vi.fn(), close: vi.fn() }
  const link = new WitnessLink({
    language: () => 'zh',
    name: NAME,
    openChannel: open,
    openWindow: (address, name) => {
      opened.push({ address, name })
      return window
    },
    leaving,
  })
  return { link, leaving, window }
}

const soon = () => vi.advanceTimersByTimeAsync(20)

describe('the window for a witness', () => {
  it('shows what there is when it opens, then each new view, and says so', async () => {
    const { open } = air()
    const { link } = operator(open)
    link.show(picture('first'))
    expect(link.state).toMatchObject({ isThere: false, isShown: false })
    const shown = screen()
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    expect(shown.seen).toEqual([{ view: picture('first'), language: 'zh' }])
    expect(link.state).toEqual({ isThere: true, isShown: true, view: picture('first') })
    link.show(BLANK)
    expect(link.state).toMatchObject({ isThere: true, isShown: false })
    await soon()
    expect(shown.now()).toEqual(BLANK)
    expect(link.state).toMatchObject({ isShown: true })
    link.close()
  })

  it('is opened by its own name and address, and comes to the front when it is opened again', () => {
    const opened: { address: string; name: string }[] = []
    const { link, window } = operator(air().open, opened)
    expect(link.open()).toBe(true)
    link.open()
    expect(opened).toEqual(Array(2).fill({ address: `witness.html#c=${NAME}&lang=zh`, name: NAME }))
    expect(window.focus).toHaveBeenCalledTimes(2)
    link.close()
    expect(window.close).toHaveBeenCalled()
  })

  it('says when the browser refuses it', () => {
    const link = new WitnessLink({ language: () => 'en', openChannel: air().open, openWindow: () => null, leaving: new EventTarget() })
    expect(link.open()).toBe(false)
    expect(link.name).toMatch(/^[0-9a-f]{32}$/)
    link.close()
  })

  it('is known to be gone when it is closed, and when it falls silent', async () => {
    const { open } = air()
    const { link } = operator(open)
    const told = vi.fn()
    link.subscribe(told)
    const first = startWitness(open(channelOf(NAME)), screen().screen, 'en')
    await soon()
    expect(link.state.isThere).toBe(true)
    first()
    await soon()
    expect(link.state.isThere).toBe(false)
    const crashing = open(channelOf(NAME))
    startWitness(crashing, screen().screen, 'en')
    await soon()
    expect(link.state.isThere).toBe(true)
    const times = told.mock.calls.length
    // As long as it answers, nothing is told.
    await vi.advanceTimersByTimeAsync(30_000)
    expect(link.state.isThere).toBe(true)
    expect(told.mock.calls.length).toBe(times)
    crashing.postMessage = () => undefined
    await vi.advanceTimersByTimeAsync(SILENCE_MS + 2_000)
    expect(link.state).toMatchObject({ isThere: false, isShown: false })
    link.close()
  })

  it('goes blank at once when the operator leaves, and after a silence when that page has died; and comes back with it', async () => {
    const { open } = air()
    const { link, leaving } = operator(open)
    link.show(picture('first'))
    const shown = screen()
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    leaving.dispatchEvent(new Event('pagehide'))
    await soon()
    expect(shown.now()).toEqual(BLANK)
    // It was only put aside: its next question brings the view back.
    await vi.advanceTimersByTimeAsync(2_500)
    expect(shown.now()).toEqual(picture('first'))
    expect(link.state).toMatchObject({ isThere: true, isShown: true })
    // Now it dies without a word.
    vi.clearAllTimers()
    const late = screen()
    const other = air()
    const dying = operator(other.open)
    dying.link.show(picture('second'))
    startWitness(other.open(channelOf(NAME)), late.screen, 'en')
    await soon()
    expect(late.now()).toEqual(picture('second'))
    ;(dying.link as unknown as { channel: WitnessChannel }).channel.postMessage = () => undefined
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 500)
    expect(late.now()).toEqual(picture('second'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(late.now()).toEqual(BLANK)
    // A blank in the language of the operator.
    expect(late.seen.at(-1)?.language).toBe('zh')
    dying.link.close()
  })

  it('shows nothing any more when the operator’s page has crashed and is back before anybody noticed', async () => {
    const { open } = air()
    const dying = operator(open)
    dying.link.show(picture('before'))
    const shown = screen()
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    expect(shown.now()).toEqual(picture('before'))
    // No goodbye, and the next page counts its views from the beginning.
    const dead = (dying.link as unknown as { channel: WitnessChannel }).channel
    dead.postMessage = () => undefined
    dead.onmessage = null
    const { link } = operator(open)
    await soon()
    expect(shown.now()).toEqual(BLANK)
    link.show(picture('after'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(shown.now()).toEqual(picture('after'))
    expect(link.state).toMatchObject({ isThere: true, isShown: true })
    link.close()
    dying.link.close()
  })

  it('shows the newest of several views, however long a picture takes to be read', async () => {
    const { open } = air()
    const { link } = operator(open)
    const shown = screen()
    shown.state.decodeMs = 3_000
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    link.show(picture('slow'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(link.state).toMatchObject({ isThere: true, isShown: false })
    await vi.advanceTimersByTimeAsync(1_500)
    expect(shown.now()).toEqual(picture('slow'))
    expect(link.state.isShown).toBe(true)
    shown.state.isBroken = true
    link.show(picture('broken'))
    await vi.advanceTimersByTimeAsync(4_000)
    // What cannot be read leaves nothing of the view before.
    expect(shown.now()).toEqual(BLANK)
    expect(link.state.isShown).toBe(false)
    link.close()
  })

  it('is closed by the operator', async () => {
    const { open } = air()
    const { link } = operator(open)
    link.show(picture('first'))
    const shown = screen()
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    link.close()
    await soon()
    expect(shown.state.isClosed).toBe(true)
    expect(shown.now()).toEqual(BLANK)
  })

  it('does not talk to itself: a quiet minute is a few hundred short messages', async () => {
    const { open, sent } = air()
    const { link } = operator(open)
    link.show(picture('first'))
    startWitness(open(channelOf(NAME)), screen().screen, 'en')
    await soon()
    sent.length = 0
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent.length).toBeLessThanOrEqual(4 * 61)
    expect(sent.every((message) => JSON.stringify(message).length < 80)).toBe(true)
    link.close()
  })

  it('ignores whatever is malformed', async () => {
    const { open } = air()
    const { link } = operator(open)
    const shown = screen()
    startWitness(open(channelOf(NAME)), shown.screen, 'en')
    await soon()
    const before = shown.seen.length
    const stranger = open(channelOf(NAME))
    const view = { from: 'operator', kind: 'view', nr: 9, language: 'en' }
    for (const message of [
      null,
      'close',
      {},
      { from: 'operator', kind: 'shut' },
      { ...view, view: { kind: 'picture', png: new ArrayBuffer(8), caption: '', isFace: true } },
      { ...view, view: { kind: 'picture', png: 'data:image/png;base64,', caption: '', isFace: true } },
      { ...view, view: { kind: 'picture', png: PNG, caption: 7, isFace: true } },
      { ...view, view: { kind: 'picture', png: PNG, caption: 'x'.repeat(401), isFace: true } },
      { ...view, view: { kind: 'picture', png: PNG, caption: '' } },
      { ...view, view: { kind: 'page', html: '<b>' } },
      { ...view, nr: -1, view: BLANK },
      { from: 'witness', kind: 'here', nr: 'all', asks: true },
      { from: 'witness', kind: 'here', nr: 1 },
    ])
      stranger.postMessage(message)
    await soon()
    expect(shown.seen.length).toBe(before)
    expect(shown.state.isClosed).toBe(false)
    expect(link.state).toMatchObject({ isThere: true, isShown: true })
    // A longer caption than a window takes is cut before it is sent.
    link.show(picture('y'.repeat(500)))
    await soon()
    expect(shown.now()).toMatchObject({ caption: 'y'.repeat(400) })
    link.close()
  })
})
