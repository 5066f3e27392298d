/**
 * A WebM file of one silent picture track: encoded frames in order → bytes. Only what players need of Matroska (RFC 9559) and EBML (RFC 8794): one cluster a key
 * frame, with cues, so that a player can jump. Its parts are joined as a `Blob`, so a long film is never held twice.
 */

export interface EncodedFrame {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly timeMs: number
  readonly isKey: boolean
}

export interface WebmTrack {
  /** As Matroska names it: `V_VP8`, `V_VP9`. */
  readonly codec: string
  readonly widthPx: number
  readonly heightPx: number
  readonly durationMs: number
  /** What the film says of itself. */
  readonly title: string
}

type Part = Uint8Array<ArrayBuffer>

/** Milliseconds are the unit of every time. */
const NANOSECONDS_PER_TICK = 1_000_000
const TRACK = 1
const APP = 'Face Studio'
/** Block times are 16-bit and relative to their cluster. */
const LONGEST_CLUSTER_MS = 30_000

export function webmOf(frames: readonly EncodedFrame[], track: WebmTrack): Blob {
  const clusters = grouped(frames).map(clusterOf)
  const head = headOf(track, (firstClusterAt) => {
    let at = firstClusterAt
    return clusters.map(({ startMs, parts }) => {
      const cue = { timeMs: startMs, at }
      at += lengthOf(parts)
      return cue
    })
  })
  const content = [...head, ...clusters.flatMap(({ parts }) => parts)]
  return new Blob([ebmlHeader(), ...element(0x18538067, content)], { type: 'video/webm' })
}

interface Cue {
  readonly timeMs: number
  readonly at: number
}

/** Seek head, info, track and cues. Places are written in eight bytes, so that no size depends on another. */
function headOf(track: WebmTrack, cuesFrom: (firstClusterAt: number) => readonly Cue[]): Part[] {
  const info = infoOf(track)
  const tracks = tracksOf(track)
  const seekBytes = lengthOf(seekHead(0, 0, 0))
  const cuesBytes = lengthOf(cuesOf(cuesFrom(0)))
  const [infoAt, tracksAt] = [seekBytes, seekBytes + lengthOf(info)]
  const cuesAt = tracksAt + lengthOf(tracks)
  return [...seekHead(infoAt, tracksAt, cuesAt), ...info, ...tracks, ...cuesOf(cuesFrom(cuesAt + cuesBytes))]
}

const ebmlHeader = (): Part =>
  joined(
    element(0x1a45dfa3, [
      ...element(0x4286, [uint(1)]),
      ...element(0x42f7, [uint(1)]),
      ...element(0x42f2, [uint(4)]),
      ...element(0x42f3, [uint(8)]),
      ...element(0x4282, [text('webm')]),
      ...element(0x4287, [uint(4)]),
      ...element(0x4285, [uint(2)]),
    ]),
  )

function seekHead(infoAt: number, tracksAt: number, cuesAt: number): Part[] {
  const entry = (id: number, at: number): Part[] => element(0x4dbb, [...element(0x53ab, [idOf(id)]), ...element(0x53ac, [place(at)])])
  return element(0x114d9b74, [...entry(0x1549a966, infoAt), ...entry(0x1654ae6b, tracksAt), ...entry(0x1c53bb6b, cuesAt)])
}

const infoOf = ({ durationMs, title }: WebmTrack): Part[] =>
  element(0x1549a966, [
    ...element(0x2ad7b1, [uint(NANOSECONDS_PER_TICK)]),
    ...element(0x4489, [float(durationMs)]),
    ...element(0x7ba9, [text(title)]),
    ...element(0x4d80, [text(APP)]),
    ...element(0x5741, [text(APP)]),
  ])

const tracksOf = ({ codec, widthPx, heightPx }: WebmTrack): Part[] =>
  element(
    0x1654ae6b,
    element(0xae, [
      ...element(0xd7, [uint(TRACK)]),
      ...element(0x73c5, [uint(1)]),
      ...element(0x83, [uint(1)]),
      ...element(0x9c, [uint(0)]),
      ...element(0x86, [text(codec)]),
      ...element(0xe0, [...element(0xb0, [uint(widthPx)]), ...element(0xba, [uint(heightPx)])]),
    ]),
  )

const cuesOf = (cues: readonly Cue[]): Part[] =>
  element(
    0x1c53bb6b,
    cues.flatMap(({ timeMs, at }) =>
      element(0xbb, [...element(0xb3, [uint(timeMs)]), ...element(0xb7, [...element(0xf7, [uint(TRACK)]), ...element(0xf1, [place(at)])])]),
    ),
  )

/** A new one with every key frame, and before block times run over. */
function grouped(frames: readonly EncodedFrame[]): EncodedFrame[][] {
  const groups: EncodedFrame[][] = []
  for (const frame of frames) {
    const group = groups.at(-1)
    const [first] = group ?? []
    if (!group || !first || frame.isKey || frame.timeMs - first.timeMs > LONGEST_CLUSTER_MS) groups.push([frame])
    else group.push(frame)
  }
  return groups
}

function clusterOf(group: readonly EncodedFrame[]): { startMs: number; parts: Part[] } {
  const startMs = Math.round(group[0]?.timeMs ?? 0)
  return {
    startMs,
    parts: element(0x1f43b675, [...element(0xe7, [uint(startMs)]), ...group.flatMap((frame) => simpleBlock(frame, startMs))]),
  }
}

function simpleBlock({ bytes, timeMs, isKey }: EncodedFrame, clusterMs: number): Part[] {
  const header = new Uint8Array(4)
  header[0] = 0x80 | TRACK
  new DataView(header.buffer).setInt16(1, Math.round(timeMs) - clusterMs)
  header[3] = isKey ? 0x80 : 0
  return element(0xa3, [header, bytes])
}

// ---------------------------------------------------------------- EBML

/** Id, size in eight bytes, content. */
const element = (id: number, content: readonly Part[]): Part[] => [idOf(id), sizeOf(lengthOf(content)), ...content]

function idOf(id: number): Part {
  const bytes: number[] = []
  for (let rest = id; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes)
}

function sizeOf(size: number): Part {
  const bytes = place(size)
  bytes[0] = 0x01
  return bytes
}

function place(value: number): Part {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

const uint = (value: number): Part => (value === 0 ? new Uint8Array(1) : idOf(value))

function float(value: number): Part {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}

const text = (value: string): Part => new TextEncoder().encode(value)

const lengthOf = (parts: readonly Part[]): number => parts.reduce((sum, { length }) => sum + length, 0)

function joined(parts: readonly Part[]): Part {
  const whole = new Uint8Array(lengthOf(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
