/** The table of spreads: for each model and layer, how its groups lie. */

import { type LayerSpread, layerSpread } from '../../lab/spread'
import { takingPart, whereIs } from './groups'
import type { LabState, ModelFeatures } from './roomTypes'

/** By layer; groups that do not take part are left out. */
export function spreadsOf({ layers }: ModelFeatures, state: Pick<LabState, 'groups' | 'left'>): LayerSpread[] {
  const members = state.groups.map(() => [] as number[])
  for (const drawing of takingPart(state)) members[whereIs(state.groups, drawing).group]?.push(drawing)
  const shown = members.filter((_, group) => !state.left.has(state.groups[group]?.id ?? ''))
  return layers.map((vectors) => layerSpread(shown.map((drawings) => drawings.flatMap((drawing) => vectors[drawing] ?? []))))
}
