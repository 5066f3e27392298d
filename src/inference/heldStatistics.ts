/**
 * Statistics of the instance norms for a few base faces, for "Hold the rest". The statistics of the latest plain pass are kept as well: the face that a
 * person starts to edit is nearly always the one that was generated last.
 */

import * as tf from '@tensorflow/tfjs-core'
import type { Tolerance } from '../faces/tolerance'
import type { NormMoments } from '../models/network'
import type { Locality } from '../workers/protocol'
import type { SketchToFaceRequest } from './tasks/sketchToFace'

type Hold = NonNullable<Locality['hold']>
type Statistics = Map<string, NormMoments>

/** Base faces remembered, each by its id and the tolerance that it was read with. */
const CAPACITY = 4

interface LatestPass {
  sketch: Uint8ClampedArray
  conditions: string
  statistics: Statistics
}

export class HeldStatistics {
  private readonly known = new Map<string, Statistics>()
  private latest: LatestPass | null = null

  /** An empty map that a plain pass over this sketch fills. */
  collectFor({ sketch, look, tolerance }: SketchToFaceRequest): Statistics {
    this.release(this.latest?.statistics)
    this.latest = { sketch: sketch.slice(), conditions: JSON.stringify([look, tolerance]), statistics: new Map() }
    return this.latest.statistics
  }

  /** The statistics of a base face read with this tolerance, if they are known by its id or by the latest pass. */
  get(hold: Hold, tolerance: Tolerance | null): Statistics | null {
    const key = JSON.stringify([hold.id, tolerance])
    const known = this.known.get(key)
    if (known) {
      // Re-inserted: the map's order is the order of last use.
      this.known.delete(key)
      this.known.set(key, known)
      return known
    }
    const conditions = JSON.stringify([hold.look, tolerance])
    if (this.latest?.conditions !== conditions || !equal(this.latest.sketch, hold.sketch)) return null
    this.known.set(key, this.latest.statistics)
    const taken = this.latest.statistics
    this.latest = null
    this.evict()
    return taken
  }

  dispose(): void {
    this.release(this.latest?.statistics)
    for (const statistics of this.known.values()) this.release(statistics)
    this.known.clear()
    this.latest = null
  }

  private evict(): void {
    for (const [key, statistics] of this.known) {
      if (this.known.size <= CAPACITY) return
      this.release(statistics)
      this.known.delete(key)
    }
  }

  private release(statistics: Statistics | undefined): void {
    for (const { mean, variance } of statistics?.values() ?? []) tf.dispose([mean, variance])
    statistics?.clear()
  }
}

function equal(a: Uint8ClampedArray, b: Uint8ClampedArray): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
