/**
 * Frames in order → a film's file: WebM by the browser's own encoder (WebCodecs), or an animated PNG where it has none. Whoever gives the frames sets the pace:
 * one is asked for when the last is on its way, so that a slow model or a pen that draws simply makes the film take longer; its times never depend on the clock.
 */

import { StudioError } from '../../../shared/errors'
import { madeByStudio, withPngText } from '../../../shared/pngText'
import { canvasOf } from '../canvas'
import { ApngWriter } from './apng'
import { type EncodedFrame, webmOf } from './webm'

export interface FilmFrame {
  /** Paints the whole frame, background included. */
  readonly paint: (context: CanvasRenderingContext2D, widthPx: number, heightPx: number) => void
  /** For how many frames it stands; 1 where it is missing. */
  readonly holdFrames?: number
}

export interface FilmOptions {
  readonly frames: AsyncIterable<FilmFrame>
  readonly fps: number
  /** Even numbers: video has its colours in blocks of two by two. */
  readonly widthPx: number
  readonly heightPx: number
  /** What is shown, for the file's own description: "a face drawn from a sketch". */
  readonly what: string
  readonly signal?: AbortSignal
  /** After every frame. */
  readonly onProgress?: (framesDone: number) => void
  /** `apng` even where a video could be made. */
  readonly format?: 'best' | 'apng'
}

export interface Film {
  readonly blob: Blob
  readonly mime: 'video/webm' | 'image/png'
  readonly extension: 'webm' | 'png'
  /** Of the film, holds included. */
  readonly durationMs: number
}

/** Takes frames one by one; times in milliseconds. */
interface FilmEncoder {
  add(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, timeMs: number, durationMs: number): Promise<void>
  finish(durationMs: number): Promise<Omit<Film, 'durationMs'>>
  close(): void
}

/** Rejects with an `AbortError` when `signal` says so, and with whatever the frames reject with. */
export async function recordFilm(options: FilmOptions): Promise<Film> {
  const { frames, fps, widthPx, heightPx, signal, onProgress } = options
  const { canvas, context } = canvasOf(widthPx, heightPx)
  const encoder = await openEncoder(options)
  let count = 0
  const timeMs = (): number => (1000 * count) / fps
  try {
    for await (const { paint, holdFrames = 1 } of frames) {
      signal?.throwIfAborted()
      paint(context, widthPx, heightPx)
      await encoder.add(canvas, context, timeMs(), (1000 * holdFrames) / fps)
      count += holdFrames
      onProgress?.(count)
    }
    signal?.throwIfAborted()
    return { ...(await encoder.finish(timeMs())), durationMs: timeMs() }
  } finally {
    encoder.close()
  }
}

/** Whether films are videos here: `false` means an animated PNG. */
export async function canEncodeVideo(widthPx: number, heightPx: number, fps: number): Promise<boolean> {
  return (await videoConfig(widthPx, heightPx, fps)) !== null
}

async function openEncoder({ widthPx, heightPx, fps, what, format = 'best' }: FilmOptions): Promise<FilmEncoder> {
  const config = format === 'best' ? await videoConfig(widthPx, heightPx, fps) : null
  return config ? videoEncoder(config, what) : pngEncoder(widthPx, heightPx, what)
}

// ---------------------------------------------------------------- video

/** VP8 first: it costs the least of two processors that also make the faces, and every player knows it. */
const CODECS = { vp8: 'V_VP8', 'vp09.00.50.08': 'V_VP9' } as const
/** Lines need more than a film of the street. */
const BITS_PER_PIXEL = 0.12
const KEY_EVERY_MS = 2_000
/** A frame that stands long is repeated this often, for players that jump. */
const REPEAT_MS = 500
const MOST_QUEUED = 4

interface VideoConfig extends VideoEncoderConfig {
  readonly codec: keyof typeof CODECS
}

async function videoConfig(width: number, height: number, fps: number): Promise<VideoConfig | null> {
  // Missing over plain http, and in some browsers.
  if (typeof VideoEncoder === 'undefined') return null
  for (const codec of Object.keys(CODECS) as (keyof typeof CODECS)[]) {
    const config: VideoConfig = { codec, width, height, framerate: fps, bitrate: Math.round(width * height * fps * BITS_PER_PIXEL) }
    const support = await VideoEncoder.isConfigSupported(config).catch(() => null)
    if (support?.supported) return config
  }
  return null
}

function videoEncoder(config: VideoConfig, what: string): FilmEncoder {
  const encoded: EncodedFrame[] = []
  let failure: unknown = null
  let lastKeyMs = Number.NEGATIVE_INFINITY
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      encoded.push({ bytes, timeMs: chunk.timestamp / 1000, isKey: chunk.type === 'key' })
    },
    error: (error) => {
      failure = error
    },
  })
  encoder.configure(config)
  const encode = (canvas: HTMLCanvasElement, timeMs: number): void => {
    if (failure) throw filmFailed(failure)
    const frame = new VideoFrame(canvas, { timestamp: Math.round(1000 * timeMs) })
    const keyFrame = timeMs - lastKeyMs >= KEY_EVERY_MS
    if (keyFrame) lastKeyMs = timeMs
    encoder.encode(frame, { keyFrame })
    frame.close()
  }
  return {
    async add(canvas, _context, timeMs, durationMs) {
      for (let afterMs = 0; afterMs < durationMs; afterMs += REPEAT_MS) encode(canvas, timeMs + afterMs)
      while (encoder.encodeQueueSize > MOST_QUEUED && !failure) await nextDequeue(encoder)
    },
    async finish(durationMs) {
      await encoder.flush()
      if (failure) throw filmFailed(failure)
      const { width: widthPx, height: heightPx } = config
      const title = madeByStudio(what).Description ?? what
      const blob = webmOf(encoded, { codec: CODECS[config.codec], widthPx, heightPx, durationMs, title })
      return { blob, mime: 'video/webm', extension: 'webm' }
    },
    close: () => {
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}

const filmFailed = (cause: unknown): StudioError =>
  new StudioError(
    'internal',
    `The browser could not encode the film (${cause instanceof Error ? cause.message : String(cause)}). Choose a smaller size.`,
  )

/** Also after a moment: a browser may have none of the event. */
function nextDequeue(encoder: VideoEncoder): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 50)
    encoder.addEventListener(
      'dequeue',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}

// ---------------------------------------------------------------- animated PNG

function pngEncoder(widthPx: number, heightPx: number, what: string): FilmEncoder {
  const writer = new ApngWriter(widthPx, heightPx)
  return {
    add: (_canvas, context, _timeMs, durationMs) => writer.add(context.getImageData(0, 0, widthPx, heightPx).data, durationMs),
    async finish() {
      const plain = writer.finish()
      const blob = new Blob([withPngText(new Uint8Array(await plain.arrayBuffer()), madeByStudio(what))], { type: 'image/png' })
      return { blob, mime: 'image/png', extension: 'png' }
    },
    close: () => undefined,
  }
}
