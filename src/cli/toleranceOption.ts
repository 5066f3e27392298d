/** `--tolerance jaw=0.5,eyes=0` → how far each part's lines may be off; parts that are not mentioned keep the model's default. */

import { TOLERANCE_PARTS, type Tolerance, type TolerancePart } from '../faces/tolerance'
import { UsageError } from './usageError'

/** @param defaults of the model; null for a model that follows every line exactly */
export function parseTolerance(option: string | null, defaults: Tolerance | null): Tolerance | null {
  if (option === null) return defaults
  if (!defaults) throw new UsageError('the model has no tolerance map: it follows every line exactly')
  return { ...defaults, ...Object.fromEntries(option.split(',').map(parsePart)) }
}

function parsePart(given: string): [TolerancePart, number] {
  const [name = '', value = '', ...more] = given.split('=').map((text) => text.trim())
  const part = TOLERANCE_PARTS.find((known) => known === name)
  if (!part) throw new UsageError(`--tolerance has no "${name}"; it has ${TOLERANCE_PARTS.join(', ')}`)
  const tolerance = value === '' || more.length > 0 ? Number.NaN : Number(value)
  if (!(tolerance >= 0 && tolerance <= 1)) throw new UsageError(`the tolerance of "${part}" must be a number from 0 to 1`)
  return [part, tolerance]
}
