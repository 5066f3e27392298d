/** What a PNG says of itself in words (ISO/IEC 15948, `iTXt`), behind its header and before its pixels. */

import { crc32 } from './crc32'

const SIGNATURE_BYTES = 8
/** Length, type and check sum of a chunk. */
const FRAME_BYTES = 12

/** What a picture was made with and of. */
export interface Origin {
  readonly model: string
  /** SHA-256, hexadecimal, of each file of the weights. */
  readonly weights: readonly string[]
  /** Name and id of a drawing, or the name of a file. */
  readonly sketch?: string
  /** Values by field, as the model took them. */
  readonly look?: object | null
  /** Side in pixels as the model made it, where the picture is larger than that. */
  readonly enlargedFromPx?: number
}

/** That a picture was made, by what, of what, and that it proves nothing. */
export function madeByStudio(what: string, origin: Origin | null = null): Readonly<Record<string, string>> {
  return {
    Software: 'Face Studio',
    Description: `Synthetic picture: ${what}. It shows what a neural network made, not a photograph of a person, and is no evidence of anybody’s identity.`,
    ...(origin ? { Model: origin.model, Weights: origin.weights.map((sum) => `sha256 ${sum}`).join(', ') } : {}),
    ...(origin?.sketch ? { Sketch: origin.sketch } : {}),
    ...(origin?.enlargedFromPx
      ? { Enlarged: `The face was made with ${origin.enlargedFromPx} pixels a side and enlarged (Lanczos 3): it holds no more than that.` }
      : {}),
    ...(origin?.look ? { Look: JSON.stringify(origin.look) } : {}),
  }
}

/** @param png a whole PNG file */
export function withPngText(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const headerEnd = SIGNATURE_BYTES + FRAME_BYTES + new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE_BYTES)
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text))
  return joined([png.subarray(0, headerEnd), ...chunks, png.subarray(headerEnd)])
}

/** Uncompressed, without language and translated keyword. */
function textChunk(keyword: string, text: string): Uint8Array {
  const body = joined([new TextEncoder().encode(`iTXt${keyword}`), new Uint8Array(5), new TextEncoder().encode(text)])
  const chunk = new Uint8Array(body.length + 8)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, body.length - 4)
  chunk.set(body, 4)
  view.setUint32(4 + body.length, crc32(body))
  return chunk
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
