/** How far the features of each group lie apart, and the groups from one another, layer by layer, for both models. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { GroupSpread, LayerSpread } from '../../lab/spread'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { groupName } from './GroupList'
import { percentText } from './numbers'
import type { LabRoom } from './room'
import { SIDES } from './roomTypes'
import { spreadsOf } from './spreads'

/** All zero is `0`, all equal to the bit `=`. */
function groupText({ within, distinct, zeros }: GroupSpread): string {
  if (distinct !== 1 || within === null) return percentText(within)
  return zeros > 0 ? '0' : '='
}

export function SpreadTable({ room }: { room: LabRoom }) {
  const m = useMessages()
  const text = useLocalized()
  const groups = useStore(room.store, (state) => state.groups)
  const left = useStore(room.store, (state) => state.left)
  const features = useStore(room.store, (state) => state.features)
  const sides = useStore(room.store, (state) => state.sides)
  const columns = useMemo(
    () =>
      SIDES.flatMap((side) => {
        const id = sides[side] ?? ''
        const known = features[id]
        return known ? [{ side, id, layers: spreadsOf(known, { groups, left }) }] : []
      }),
    [groups, left, features, sides],
  )
  if (columns.length === 0) return null
  const shown = groups.filter(({ id }) => !left.has(id))
  const nameOf = (id: string): string => {
    const model = room.port.models.list().find((entry) => entry.id === id)
    return model ? text(model.name) : id
  }
  const cells = (of: (layer: LayerSpread) => string) =>
    columns.flatMap(({ side, id, layers }) =>
      layers.map((layer, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
        <td key={`${side}-${i}`} data-model={id} data-layer={i}>
          {of(layer)}
        </td>
      )),
    )
  return (
    <div className="lab-spreads">
      <h3>{m.lab.tableTitle}</h3>
      <p className="muted">{m.lab.tableNote}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, and must by keyboard as well */}
      <section className="lab-table" tabIndex={0} aria-label={m.lab.tableTitle}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map(({ side, id, layers }) => (
                <th key={side} scope="colgroup" colSpan={layers.length}>
                  {nameOf(id)}
                </th>
              ))}
            </tr>
            <tr>
              <th scope="col">{m.lab.group}</th>
              {columns.flatMap(({ side, layers }) =>
                layers.map((_, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
                  <th key={`${side}-${i}`} scope="col">{`L${i}`}</th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((one, group) => (
              <tr key={one.id} data-group={one.id}>
                <th scope="row">{groupName(m, one)}</th>
                {cells((layer) => groupText(layer.groups[group] ?? { within: null, distinct: 0, zeros: 0, count: 0 }))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr data-group="within">
              <th scope="row">{m.lab.within}</th>
              {cells(({ within }) => percentText(within))}
            </tr>
            <tr data-group="between">
              <th scope="row">{m.lab.between}</th>
              {cells(({ between }) => percentText(between))}
            </tr>
          </tfoot>
        </table>
      </section>
    </div>
  )
}
