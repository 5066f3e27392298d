/** What leaves the lab as a file: the spreads and places as CSV, both plots as SVG or PNG. */

import type { Localized } from '../../shared/localized'
import { groupName } from './GroupList'
import { whereIs } from './groups'
import { markOf } from './marks'
import type { LabRoom } from './room'
import { SIDES } from './roomTypes'
import { FRAME_TOP, SCENE, type Sheet, sceneOf, sheetParts, sheetSize, sheetSvg } from './scene'
import { spreadsOf } from './spreads'

/** Pixels of the PNG file for one unit of the scene. */
const PNG_SCALE = 12

/** One row a model, layer and group. */
export function spreadsCsv(room: LabRoom): string {
  const state = room.store.getState()
  const shown = state.groups.filter(({ id }) => !state.left.has(id))
  const rows = [...new Set(SIDES.map((side) => state.sides[side]))].flatMap((id) => {
    const known = state.features[id ?? '']
    if (!known) return []
    return spreadsOf(known, state).flatMap(({ groups, within, between }, layer) => [
      ...groups.map((group, i) => [id, layer, shown[i]?.id, group.count, group.distinct, group.zeros, group.within, null]),
      [id, layer, 'all', null, null, null, within, between],
    ])
  })
  const header = ['model', 'layer', 'group', 'drawings', 'different', 'zero', 'within', 'between']
  return [header, ...rows].map((row) => `${row.map((cell) => cell ?? '').join(',')}\r\n`).join('')
}

export function saveTable(room: LabRoom): void {
  room.port.download(new Blob([spreadsCsv(room)], { type: 'text/csv' }), 'lab-spreads.csv')
}

function sheetOf(room: LabRoom, text: (name: Localized) => string): Sheet {
  const m = room.port.messages()
  const { groups, left, plots, sides, layer, method } = room.store.getState()
  const models = room.port.models.list()
  return {
    title: `${m.lab.methods[method]}, L${layer}`,
    plots: SIDES.flatMap((side) => {
      const plot = plots[side]
      const model = models.find(({ id }) => id === sides[side])
      if (!plot || !model) return []
      return [{ name: text(model.name), dots: sceneOf(plot.projection.places, plot.drawings, (drawing) => whereIs(groups, drawing).group) }]
    }),
    legend: groups.flatMap((group, place) => (left.has(group.id) ? [] : [{ ...markOf(place), name: groupName(m, group) }])),
  }
}

export async function saveSheet(room: LabRoom, kind: 'svg' | 'png', text: (name: Localized) => string): Promise<void> {
  const sheet = sheetOf(room, text)
  const name = `lab-${room.store.getState().method}-L${room.store.getState().layer}.${kind}`
  if (kind === 'svg') room.port.download(new Blob([sheetSvg(sheet)], { type: 'image/svg+xml' }), name)
  else room.port.download(await painted(sheet), name)
}

async function painted(sheet: Sheet): Promise<Blob> {
  const { width, height } = sheetSize(sheet)
  const { frames, dots, texts } = sheetParts(sheet)
  const canvas = new OffscreenCanvas(Math.ceil(PNG_SCALE * width), Math.ceil(PNG_SCALE * height))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser gives no canvas.')
  context.scale(PNG_SCALE, PNG_SCALE)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.strokeStyle = '#bbbbbb'
  context.lineWidth = 0.3
  for (const x of frames) context.strokeRect(x, FRAME_TOP, SCENE, SCENE)
  for (const { x, y, shape, colour } of dots) {
    context.save()
    context.translate(x, y)
    context.globalAlpha = 0.8
    context.fillStyle = colour
    context.fill(new Path2D(shape))
    context.restore()
  }
  context.fillStyle = '#1b1d1f'
  for (const { text, x, y, size } of texts) {
    context.font = `${size}px sans-serif`
    context.fillText(text, x, y)
  }
  return canvas.convertToBlob({ type: 'image/png' })
}
