/**
 * What the operator's page and the witness's window say to each other, over a BroadcastChannel whose random name stands in the window's address. Both are of one origin; what is
 * malformed all the same is ignored.
 */

export type WitnessView =
  /** A plain neutral surface. */
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'picture'
      /** A whole PNG file. */
      readonly png: ArrayBuffer
      /** May be empty. */
      readonly caption: string
      /** A generated face: the window says that it is no photograph. */
      readonly isFace: boolean
    }

export const BLANK: WitnessView = { kind: 'blank' }

export type FromOperator =
  /** `nr` counts views, so that the window can say which one it shows. */
  | { readonly from: 'operator'; readonly kind: 'view'; readonly nr: number; readonly view: WitnessView; readonly language: string }
  /** Are you there? */
  | { readonly from: 'operator'; readonly kind: 'ping' }
  /** The answer to a window that asks. */
  | { readonly from: 'operator'; readonly kind: 'still' }
  /** The operator's page is being left: nothing more is shown. */
  | { readonly from: 'operator'; readonly kind: 'bye' }
  /** The operator closes the window. */
  | { readonly from: 'operator'; readonly kind: 'close' }

export type FromWitness =
  /** The window has opened, or hears of the operator again: it wants the present view. */
  | { readonly from: 'witness'; readonly kind: 'hello' }
  /** I am here and show view `nr`, 0 for none. Said when it changes and when asked; and every second, asking in turn: a page in front may use its timers, one behind may not. */
  | { readonly from: 'witness'; readonly kind: 'here'; readonly nr: number; readonly asks: boolean }
  | { readonly from: 'witness'; readonly kind: 'gone' }

/** As much of a BroadcastChannel as is used. */
export interface WitnessChannel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent<unknown>) => unknown) | null
  close(): void
}

/** How often each side speaks, and after how long a silence the other one is taken to be gone. */
export const PULSE_MS = 1_000
export const SILENCE_MS = 4_500

/** Characters. */
export const CAPTION_MOST = 400
const PNG_MOST_BYTES = 64 * 2 ** 20
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const

/** 128 random bits. */
const NAME = /^[0-9a-f]{32}$/

export const randomChannelName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** As other programs of this origin do not name theirs. */
export const channelOf = (name: string): string => `face-studio/witness/${name}`

export const witnessHash = (name: string, language: string): string => `#${new URLSearchParams({ c: name, lang: language })}`

/** @returns `null` for an address that no operator's page has made */
export function readWitnessHash(hash: string): { readonly name: string; readonly language: string } | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const name = parameters.get('c') ?? ''
  return NAME.test(name) ? { name, language: parameters.get('lang') ?? 'en' } : null
}

/** @returns `null` for anything that is no such message */
export function readFromOperator(data: unknown): FromOperator | null {
  if (!isRecord(data) || data.from !== 'operator') return null
  if (data.kind === 'ping' || data.kind === 'still' || data.kind === 'bye' || data.kind === 'close')
    return { from: 'operator', kind: data.kind }
  if (data.kind !== 'view' || !isCount(data.nr) || typeof data.language !== 'string') return null
  const view = readView(data.view)
  return view && { from: 'operator', kind: 'view', nr: data.nr, view, language: data.language }
}

export function readFromWitness(data: unknown): FromWitness | null {
  if (!isRecord(data) || data.from !== 'witness') return null
  if (data.kind === 'hello' || data.kind === 'gone') return { from: 'witness', kind: data.kind }
  const isHere = data.kind === 'here' && isCount(data.nr) && typeof data.asks === 'boolean'
  return isHere ? { from: 'witness', kind: 'here', nr: data.nr as number, asks: data.asks as boolean } : null
}

function readView(data: unknown): WitnessView | null {
  if (!isRecord(data)) return null
  if (data.kind === 'blank') return BLANK
  const { kind, png, caption, isFace } = data
  const isPicture = kind === 'picture' && png instanceof ArrayBuffer && typeof caption === 'string' && typeof isFace === 'boolean'
  return isPicture && caption.length <= CAPTION_MOST && isPng(png) ? { kind, png, caption, isFace } : null
}

function isPng(data: ArrayBuffer): boolean {
  const start = new Uint8Array(data, 0, Math.min(8, data.byteLength))
  return data.byteLength <= PNG_MOST_BYTES && PNG_SIGNATURE.every((byte, i) => start[i] === byte)
}

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> => typeof data === 'object' && data !== null
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
