/** How far the features of each group lie apart, and the groups from one another, layer by layer, for both models: as two plots and as a table. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { GroupSpread, LayerSpread } from '../../lab/spread'
import type { Localized } from '../../shared/localized'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { groupName } from './GroupList'
import { percentText } from './numbers'
import type { LabRoom } from './room'
import { SIDES } from './roomTypes'
import { type SpreadLine, SpreadPlot } from './SpreadPlot'
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
  const plots = useMemo(() => {
    const linesOf = (value: (layer: LayerSpread) => number | null): SpreadLine[] =>
      columns.map(({ id, layers }) => ({ name: nameIn(room.port, id, text), values: layers.map(value) }))
    return { within: linesOf(({ within }) => within), between: linesOf(({ between }) => between) }
  }, [columns, room, text])
  if (columns.length === 0) return null
  const shown = groups.filter(({ id }) => !left.has(id))
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
      <div className="lab-spread-plots">
        <SpreadPlot title={m.lab.within} lines={plots.within} />
        <SpreadPlot title={m.lab.between} lines={plots.between} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, and must by keyboard as well */}
      <section className="lab-table" tabIndex={0} aria-label={m.lab.tableTitle}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map(({ side, id, layers }) => (
                <th key={side} scope="colgroup" colSpan={layers.length}>
                  {nameIn(room.port, id, text)}
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

function nameIn({ models }: LabRoom['port'], id: string, text: (name: Localized) => string): string {
  const model = models.list().find((entry) => entry.id === id)
  return model ? text(model.name) : id
}
