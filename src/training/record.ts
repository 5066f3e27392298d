/** What is kept of a run beside its checkpoint: losses so far, thinned, and figures. */

/** One list a loss, as long as `steps`; `NaN` where it was not there. */
export interface LossHistory {
  readonly steps: readonly number[]
  readonly losses: Readonly<Record<string, readonly number[]>>
}

/** Places that are kept: enough for a chart as wide as a screen. */
const MOST_PLACES = 600

export class LossRecord {
  private steps: number[]
  private readonly losses = new Map<string, number[]>()

  /** @param before of the run that this one goes on from */
  constructor(before: LossHistory = { steps: [], losses: {} }) {
    this.steps = [...before.steps]
    for (const [name, values] of Object.entries(before.losses)) this.losses.set(name, [...values])
  }

  add(step: number, losses: Readonly<Record<string, number>>): void {
    for (const name of Object.keys(losses))
      if (!this.losses.has(name))
        this.losses.set(
          name,
          this.steps.map(() => Number.NaN),
        )
    this.steps.push(step)
    for (const [name, values] of this.losses) values.push(losses[name] ?? Number.NaN)
    if (this.steps.length >= 2 * MOST_PLACES) this.thin()
  }

  /** What came after this step is forgotten: a run that goes on takes those steps again. */
  backTo(step: number): void {
    const count = this.steps.filter((at) => at <= step).length
    this.steps.length = count
    for (const values of this.losses.values()) values.length = count
  }

  history(): LossHistory {
    return { steps: [...this.steps], losses: Object.fromEntries([...this.losses].map(([name, values]) => [name, [...values]])) }
  }

  /** Two neighbours become one, at the later step and with their mean. */
  private thin(): void {
    const half = (values: readonly number[], join: (a: number, b: number) => number) =>
      Array.from({ length: values.length >> 1 }, (_, i) => join(values[2 * i] as number, values[2 * i + 1] as number))
    const meanOf = (a: number, b: number) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2)
    this.steps = half(this.steps, (_, later) => later)
    for (const [name, values] of this.losses) this.losses.set(name, half(values, meanOf))
  }
}
