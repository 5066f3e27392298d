/**
 * All that a face was made of, so that it can be made again whatever becomes of the rules that turned strokes into pixels: a request to a model ⇄ bytes. A zip with
 * `request.json` and the pictures of the request as raw bytes.
 */

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import * as v from 'valibot'
import type { Look } from '../faces/look'
import { TOLERANCE_PARTS, type Tolerance } from '../faces/tolerance'
import { StudioError } from '../shared/errors'
import type { GenerateRequest } from '../workers/protocol'

/** A zip of a request is below 1 MB; whatever is larger is none. */
const MOST_BYTES = 8 * 2 ** 20

const lookSchema: v.GenericSchema<unknown, Look> = v.record(
  v.string(),
  v.nullable(v.union([v.number(), v.string(), v.tuple([v.number(), v.number(), v.number()])])),
)
const toleranceSchema = v.object(Object.fromEntries(TOLERANCE_PARTS.map((part) => [part, v.number()]))) as unknown as v.GenericSchema<
  unknown,
  Tolerance
>
const requestSchema = v.object({
  sizePx: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2048)),
  look: lookSchema,
  tolerance: v.nullable(toleranceSchema),
  hold: v.nullable(v.object({ id: v.string(), look: lookSchema })),
  lockOutside: v.boolean(),
})

/** @param sizePx side of the request's pictures */
export function writeRequest({ sketch, look, tolerance, locality }: GenerateRequest, sizePx: number): Uint8Array<ArrayBuffer> {
  const { hold, lockOutside, reference, region } = locality
  const about = { sizePx, look, tolerance, hold: hold && { id: hold.id, look: hold.look }, lockOutside }
  const raw = (pixels: Uint8ClampedArray): Uint8Array => new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  return new Uint8Array(
    zipSync(
      {
        'request.json': strToU8(JSON.stringify(about)),
        sketch: raw(sketch),
        ...(hold ? { hold: raw(hold.sketch) } : {}),
        ...(reference ? { reference: raw(reference.pixels) } : {}),
        ...(region ? { region: raw(region) } : {}),
      },
      // The same request gives the same bytes, whenever it is written.
      { mtime: '1980-01-01T00:00:00', level: 6 },
    ),
  )
}

/** @throws StudioError `bad-project` */
export function readRequest(bytes: Uint8Array): { readonly request: GenerateRequest; readonly sizePx: number } {
  const files = unzipped(bytes)
  const about = v.safeParse(requestSchema, jsonOf(files['request.json']))
  if (!about.success) throw unreadable()
  const { sizePx, look, tolerance, hold, lockOutside } = about.output
  const pixels = (name: string, channels: number): Uint8ClampedArray<ArrayBuffer> | null => {
    const file = files[name]
    if (!file) return null
    if (file.length !== channels * sizePx * sizePx) throw unreadable()
    return new Uint8ClampedArray(file)
  }
  const sketch = pixels('sketch', 1)
  const [held, reference] = [pixels('hold', 1), pixels('reference', 4)]
  if (!sketch || (hold && !held)) throw unreadable()
  const locality = {
    hold: hold && held && { ...hold, sketch: held },
    lockOutside,
    reference: reference && { pixels: reference },
    region: pixels('region', 1),
  }
  return { sizePx, request: { revision: 0, sketch, look, tolerance, locality } }
}

function unzipped(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: ({ originalSize }) => originalSize <= MOST_BYTES })
  } catch {
    throw unreadable()
  }
}

function jsonOf(file: Uint8Array | undefined): unknown {
  try {
    return file ? JSON.parse(strFromU8(file)) : null
  } catch {
    return null
  }
}

const unreadable = (): StudioError =>
  new StudioError('bad-project', 'What this face was made of cannot be read any more, so it cannot be made again.')
