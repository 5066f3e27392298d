/**
 * Statistics of the instance norms for a few base faces, for "Hold the rest". The statistics of the latest plain pass are kept as well: the face that a
 * person starts to edit is nearly always the one that was generated last.
 */

import * as tf from '@tensorflow/tfjs-core'
import type { Look } from '../faces/look'
import type { NormMoments } from '../models/model'
import type { Locality } from '../workers/protocol'

type Hold = NonNullable<Locality['hold']>
type Statistics = Map<string, NormMoments>

/** Base faces remembered by id. */
const CAPACITY = 4

interface LatestPass {
  sketch: Uint8ClampedArray
  look: string
  statistics: Statistics
}

export class HeldStatistics {
  private readonly byId = new Map<string, Statistics>()
  private latest: LatestPass | null = null

  /** An empty map that a plain pass over this sketch fills. */
  collectFor(sketch: Uint8ClampedArray, look: Look): Statistics {
    this.release(this.latest?.statistics)
    this.latest = { sketch: sketch.slice(), look: JSON.stringify(look), statistics: new Map() }
    return this.latest.statistics
  }

  /** The statistics of a base face, if they are known by its id or by the latest pass. */
  get(hold: Hold): Statistics | null {
    const known = this.byId.get(hold.id)
    if (known) {
      // Re-inserted: the map's order is the order of last use.
      this.byId.delete(hold.id)
      this.byId.set(hold.id, known)
      return known
    }
    if (!this.latest || this.latest.look !== JSON.stringify(hold.look) || !equal(this.latest.sketch, hold.sketch)) return null
    this.byId.set(hold.id, this.latest.statistics)
    const taken = this.latest.statistics
    this.latest = null
    this.evict()
    return taken
  }

  dispose(): void {
    this.release(this.latest?.statistics)
    for (const statistics of this.byId.values()) this.release(statistics)
    this.byId.clear()
    this.latest = null
  }

  private evict(): void {
    for (const [id, statistics] of this.byId) {
      if (this.byId.size <= CAPACITY) return
      this.release(statistics)
      this.byId.delete(id)
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
