/**
 * Adam (Kingma and Ba 2015) in PyTorch's arithmetic: ε is added to the root after its correction, unlike TensorFlow's. What it remembers can be read, stored and
 * put back, which TensorFlow.js' own cannot to the last bit.
 */

import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

const EPSILON = 1e-8

/** Of one parameter: the running means of its gradient and of the gradient's square. */
export interface Moments {
  readonly mean: Tensor
  readonly square: Tensor
  /** Steps so far: a parameter that had no turn takes none. */
  readonly count: number
}

export class Adam {
  readonly moments = new Map<string, Moments>()
  private readonly betas: readonly [number, number]

  constructor(betas: readonly [number, number]) {
    this.betas = betas
  }

  /** Parameters by name and their gradients → parameters after one step. The caller owns what comes back, and still what it gave. */
  step(params: ReadonlyMap<string, Tensor>, gradients: ReadonlyMap<string, Tensor>, rate: number): Map<string, Tensor> {
    const [beta1, beta2] = this.betas
    const moved = new Map<string, Tensor>()
    for (const [name, gradient] of gradients) {
      const before = this.moments.get(name)
      const count = (before?.count ?? 0) + 1
      const [correction1, correction2] = [1 - beta1 ** count, 1 - beta2 ** count]
      const [mean, square, value] = tf.tidy(() => {
        const m = blend(before?.mean, gradient, beta1)
        const v = blend(before?.square, tf.square(gradient), beta2)
        const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(correction2)), EPSILON)
        return [m, v, tf.sub(params.get(name) as Tensor, tf.mul(tf.div(m, root), rate / correction1))] as [Tensor, Tensor, Tensor]
      })
      tf.dispose(before ? [before.mean, before.square] : [])
      this.moments.set(name, { mean, square, count })
      moved.set(name, value)
    }
    return moved
  }

  dispose(): void {
    for (const { mean, square } of this.moments.values()) tf.dispose([mean, square])
    this.moments.clear()
  }
}

/** A running mean that starts at zero. */
function blend(before: Tensor | undefined, now: Tensor, beta: number): Tensor {
  const share = tf.mul(now, 1 - beta)
  return before ? tf.add(tf.mul(before, beta), share) : share
}
