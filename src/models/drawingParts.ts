/**
 * Where the parts of a portrait lie that APDrawingGAN draws by themselves (Yi et al. 2019, section 3.2). Twin: `pipeline/drawing_parts.py`.
 *
 * Patches are cut and put back by products with matrices of zeros and ones, one for rows and one for columns: so every sample has places of its own, on every
 * back end, and gradients pass. What is drawn goes on white (+1), and the darkest of all parts counts.
 */

import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Width and height in a picture of 256 px; the "left" eye is the one on the picture's left. */
const PATCH_PX = { leftEye: [56, 40], rightEye: [56, 40], nose: [48, 48], mouth: [64, 40] } as const
const PATCH_SIDE_PX = 256
/** What the patches' U-Nets can halve so often as they do. */
const MULTIPLE = 8
export const WHITE = 1

export type PatchName = keyof typeof PATCH_PX
export const PATCHES = Object.keys(PATCH_PX) as PatchName[]

/** Height and width of a patch in a picture of that size, rounded up to multiples of 8. */
export function patchSides(name: PatchName, height: number, width: number): [height: number, width: number] {
  const [across, down] = PATCH_PX[name]
  const side = (whole: number, length: number) => Math.ceil(Math.round((whole * length) / PATCH_SIDE_PX) / MULTIPLE) * MULTIPLE
  return [side(down, height), side(across, width)]
}

/**
 * `[B]` in [-1, 1] → `[B, window, length]`: which of `length` pixels each of the window's is; the window lies wholly inside. Without a comparison: on WebGPU what
 * is cast from booleans to numbers stays booleans in memory, and a sum over rows (which transposes) has then no shader that compiles.
 */
function selection(middle: Tensor1D, length: number, window: number): Tensor3D {
  const first = tf.clipByValue(tf.floor(tf.add(tf.mul(tf.add(middle, 1), length / 2), 0.5 - window / 2)), 0, length - window)
  const wanted = tf.add(tf.reshape(first, [-1, 1, 1]), tf.reshape(tf.range(0, window), [1, -1, 1]))
  const apart = tf.sub(wanted, tf.reshape(tf.range(0, length), [1, 1, -1])) // whole numbers
  return tf.relu<Tensor3D>(tf.sub(1, tf.abs(apart)))
}

/** A product with the rows of every sample: `matrix` `[B, m, H]` (or, `transposed`, `[B, H, m]`) and `x` `[B, H, W, C]` → `[B, m, W, C]`. */
function overRows(matrix: Tensor3D, x: Tensor4D, transposed: boolean): Tensor4D {
  const [batch, height, width, channels] = x.shape
  const y = tf.matMul(matrix, tf.reshape(x, [batch, height, width * channels]), transposed)
  return tf.reshape(y, [batch, -1, width, channels])
}

function overColumns(matrix: Tensor3D, x: Tensor4D, transposed: boolean): Tensor4D {
  const turned = (y: Tensor4D) => tf.transpose(y, [0, 2, 1, 3])
  return turned(overRows(matrix, turned(x), transposed))
}

interface Window {
  readonly rows: Tensor3D
  readonly columns: Tensor3D
}

/** The patches of one batch; to be used within a `tidy`. */
export class Windows {
  private readonly windows: Readonly<Record<PatchName, Window>>

  /** @param places `[B, 8]`: x, y of the middle of each patch, in [-1, 1] */
  constructor(places: Tensor2D, height: number, width: number) {
    const middle = (i: number) => tf.reshape(tf.slice(places, [0, i], [-1, 1]), [-1]) as Tensor1D
    const entries = PATCHES.map((name, k): [PatchName, Window] => {
      const [down, across] = patchSides(name, height, width)
      return [name, { rows: selection(middle(2 * k + 1), height, down), columns: selection(middle(2 * k), width, across) }]
    })
    this.windows = Object.fromEntries(entries) as Record<PatchName, Window>
  }

  /** `[B, H, W, C]` → the patch `[B, h, w, C]`. */
  cut(x: Tensor4D, name: PatchName): Tensor4D {
    const { rows, columns } = this.windows[name]
    return overColumns(columns, overRows(rows, x, false), false)
  }

  /** The patch at its place on a white sheet. */
  placed(patch: Tensor4D, name: PatchName): Tensor4D {
    const { rows, columns } = this.windows[name]
    return tf.add<Tensor4D>(overColumns(columns, overRows(rows, tf.sub<Tensor4D>(patch, WHITE), true), true), WHITE)
  }

  /** `[B, H, W, 1]` in [-1, 1] → 0–1: `hair` is the person without the patches, `background` the rest of the picture without them. */
  masks(foreground: Tensor4D): { hair: Tensor4D; background: Tensor4D } {
    const person = tf.mul<Tensor4D>(tf.add(foreground, 1), 0.5)
    const covered = PATCHES.map((name) => {
      const { rows, columns } = this.windows[name]
      const along = (matrix: Tensor3D, shape: number[]) => tf.reshape(tf.sum(matrix, 1), shape)
      return tf.mul(along(rows, [-1, rows.shape[2], 1, 1]), along(columns, [-1, 1, columns.shape[2], 1])) as Tensor4D // [B, H, W, 1]
    })
    const free = tf.sub(
      1,
      covered.reduce((all, one) => tf.maximum(all, one)),
    )
    return { hair: tf.mul<Tensor4D>(person, free), background: tf.mul<Tensor4D>(tf.sub(1, person), free) }
  }
}

/** The picture where the mask is, one tone elsewhere. */
export function behind(x: Tensor4D, mask: Tensor, outside: number): Tensor4D {
  return tf.add<Tensor4D>(tf.mul(tf.sub(x, outside), mask), outside)
}

/** The darkest of all parts at every pixel. */
export function combined(parts: readonly Tensor4D[]): Tensor4D {
  return parts.reduce((least, part) => tf.minimum(least, part))
}
