/** Drawings → their features in one model, one after another, so that whoever waits can see how far it is and stop it. */

import type { Drawing } from './drawingSet'
import type { Vector } from './vectors'

/** By layer, then by drawing. */
export type LayerVectors = readonly (readonly Vector[])[]

export interface Collecting {
  /** Layers of one drawing; `null` when somebody else's request took this one's place, and it is asked again. */
  readonly featuresOf: (drawing: Drawing) => Promise<readonly Vector[] | null>
  readonly onDone: (done: number) => void
  readonly signal: AbortSignal
}

/** A drawing whose turn has been taken this often is given up. */
const MOST_TRIES = 20

/** @returns `null` when it was stopped */
export async function collectFeatures(
  drawings: readonly Drawing[],
  { featuresOf, onDone, signal }: Collecting,
): Promise<LayerVectors | null> {
  const layers: Vector[][] = []
  for (const [i, drawing] of drawings.entries()) {
    let features: readonly Vector[] | null = null
    for (let tries = 0; !features && tries < MOST_TRIES; tries++) {
      if (signal.aborted) return null
      features = await featuresOf(drawing)
    }
    if (signal.aborted || !features) return null
    for (const [layer, vector] of features.entries()) {
      layers[layer] ??= []
      layers[layer].push(vector)
    }
    onDone(i + 1)
  }
  return layers
}
