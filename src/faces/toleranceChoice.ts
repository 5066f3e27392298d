/**
 * What a person chose of a model's tolerance: only the parts that were set by hand, so that the others follow whatever the model in use
 * recommends. The choice goes with the sketch; the six values for the generator come from it and the model's defaults.
 */

import { TOLERANCE_PARTS, type Tolerance, type TolerancePart } from './tolerance'

/** Empty: as the model recommends. */
export type ToleranceChoice = Readonly<Partial<Record<TolerancePart, number>>>

export function resolveTolerance(choice: ToleranceChoice, defaults: Tolerance): Tolerance {
  return { ...defaults, ...choice }
}

/** The choice with one part set, or with `null` left to the model again. */
export function withTolerance(choice: ToleranceChoice, part: TolerancePart, value: number | null): ToleranceChoice {
  const { [part]: _, ...others } = choice
  return value === null ? others : { ...others, [part]: Math.min(1, Math.max(0, value)) }
}

/** The known parts of stored or foreign data that hold a proper value; the others are left to the model. */
export function readToleranceChoice(raw: unknown): ToleranceChoice {
  if (typeof raw !== 'object' || raw === null) return {}
  const values = raw as Readonly<Record<string, unknown>>
  const isProper = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1
  return Object.fromEntries(
    TOLERANCE_PARTS.flatMap((part) => (Object.hasOwn(values, part) && isProper(values[part]) ? [[part, values[part]]] : [])),
  )
}

/** As a property of a stored sketch: absent while nothing was chosen, as in sketches from before there was a choice. */
export function storedTolerance(choice: ToleranceChoice): { tolerance?: ToleranceChoice } {
  return Object.keys(choice).length === 0 ? {} : { tolerance: choice }
}
