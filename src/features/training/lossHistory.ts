/** The losses of one run as its charts have them: those that lay in the database, and every step's from then on, thinned when they become many. */

import type { TrainingRunRow } from '../../storage/trainingRows'

/** More places than a chart has pixels. */
const MOST_PLACES = 2400

export class LossHistory {
  private places: number[]
  private readonly series = new Map<string, (number | null)[]>()
  /** Every so manieth step is kept. */
  private every = 1
  private changes = 0

  constructor({ steps, losses }: TrainingRunRow['history'] = { steps: [], losses: {} }) {
    this.places = [...steps]
    for (const [name, values] of Object.entries(losses))
      this.series.set(
        name,
        steps.map((_, i) => known(values[i])),
      )
  }

  get steps(): readonly number[] {
    return this.places
  }

  get names(): readonly string[] {
    return [...this.series.keys()]
  }

  /** Another number after every change. */
  get version(): number {
    return this.changes
  }

  /** `null` where a loss was not there, as before a discriminator begins to judge. */
  of(name: string): readonly (number | null)[] {
    return this.series.get(name) ?? []
  }

  add(step: number, losses: Readonly<Record<string, number>>): void {
    if (step % this.every !== 0 || step <= (this.places.at(-1) ?? -1)) return
    for (const name of Object.keys(losses))
      if (!this.series.has(name))
        this.series.set(
          name,
          this.places.map(() => null),
        )
    this.places.push(step)
    for (const [name, values] of this.series) values.push(known(losses[name]))
    if (this.places.length > MOST_PLACES) this.thin()
    this.changes++
  }

  /** A run that goes on from its checkpoint takes the steps after it again. */
  backTo(step: number): void {
    const kept = this.places.filter((at) => at <= step).length
    this.places.length = kept
    for (const values of this.series.values()) values.length = kept
    this.changes++
  }

  private thin(): void {
    this.every *= 2
    const kept = (_: unknown, i: number) => i % 2 === 1
    this.places = this.places.filter(kept)
    for (const [name, values] of this.series) this.series.set(name, values.filter(kept))
  }
}

const known = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : value)

/**
 * What charts are drawn of: values smoothed over their neighbours in time, as losses of single pieces jump about.
 * @param span over about how many places; 1 changes nothing
 */
export function smoothed(values: readonly (number | null)[], span: number): (number | null)[] {
  const share = 1 / Math.max(1, span)
  let [mean, weight] = [0, 0]
  return values.map((value) => {
    if (value === null) return null
    mean = (1 - share) * mean + share * value
    weight = (1 - share) * weight + share
    return mean / weight
  })
}
