/** What is kept of a run beside its checkpoint: losses so far, thinned evenly. */

/** One list a loss, as long as `steps`; `NaN` where it was not there. A place is the mean over the steps since the one before it. */
export interface LossHistory {
  readonly steps: readonly number[]
  readonly losses: Readonly<Record<string, readonly number[]>>
}

/** Places that are kept: enough for a chart as wide as a screen. */
const MOST_PLACES = 800

interface Place {
  readonly step: number
  readonly losses: Readonly<Record<string, number>>
}

export class LossRecord {
  private places: Place[]
  /** Steps since the last place. */
  private pending: Place[] = []
  /** Steps to a place. */
  private stride = 1

  /** @param before of the run that this one goes on from */
  constructor({ steps, losses }: LossHistory = { steps: [], losses: {} }) {
    this.places = steps.map((step, i) => {
      const known = Object.entries(losses).filter(([, values]) => !Number.isNaN(values[i] ?? Number.NaN))
      return { step, losses: Object.fromEntries(known.map(([name, values]) => [name, values[i] as number])) }
    })
    const [first, second] = steps
    if (first !== undefined && second !== undefined) this.stride = second - first
  }

  add(step: number, losses: Readonly<Record<string, number>>): void {
    this.pending.push({ step, losses })
    if (this.pending.length < this.stride) return
    this.places.push(joined(this.pending))
    this.pending = []
    if (this.places.length < MOST_PLACES) return
    this.places = Array.from({ length: MOST_PLACES / 2 }, (_, i) => joined(this.places.slice(2 * i, 2 * i + 2)))
    this.stride *= 2
  }

  /** What came after this step is forgotten: a run that goes on takes those steps again. */
  backTo(step: number): void {
    this.places = this.places.filter((place) => place.step <= step)
    this.pending = this.pending.filter((place) => place.step <= step)
  }

  history(): LossHistory {
    const places = this.pending.length > 0 ? [...this.places, joined(this.pending)] : this.places
    const names = [...new Set(places.flatMap(({ losses }) => Object.keys(losses)))]
    const valuesOf = (name: string) => places.map(({ losses }) => losses[name] ?? Number.NaN)
    return { steps: places.map(({ step }) => step), losses: Object.fromEntries(names.map((name) => [name, valuesOf(name)])) }
  }
}

/** At the last step, with the mean of each loss over the places that have it. */
function joined(places: readonly Place[]): Place {
  const names = [...new Set(places.flatMap(({ losses }) => Object.keys(losses)))]
  const meanOf = (name: string) => {
    const values = places.flatMap(({ losses }) => losses[name] ?? [])
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return { step: places.at(-1)?.step ?? 0, losses: Object.fromEntries(names.map((name) => [name, meanOf(name)])) }
}
