/** A room for tests: its models' features are sums of the sketch and their faces the sketch itself, projected on this thread. */

import { changeReport } from '../../faces/locality'
import type { Drawing, DrawingGroup } from '../../lab/drawingSet'
import type { Edit } from '../../lab/edit'
import { project } from '../../lab/projection'
import { type Features, type GeneratedFace, type ModelEntry, type ModelSummary, modelKey } from '../../workers/protocol'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { createLabRoom, type LabRoom } from './room'
import type { LabPort } from './roomTypes'

const PX = 16
export const line = (y: number): Drawing => [[0, y, 512, y]]
export const GROUPS: DrawingGroup[] = [
  { id: 'hair', drawings: [line(20), line(120), line(220)] },
  { id: 'mouth', drawings: [line(320), line(320)] },
  { id: 'nose', drawings: [] },
]
const entry = (id: string, role: ModelEntry['role'] = 'comparison'): ModelEntry => ({ id, name: { en: id }, role })
const MODELS = [entry('live', 'live'), entry('cartoon', 'picture'), entry('ablation-m1'), entry('ablation-ours')]

/** What is asked of its models is kept: `asked` for features, `faces` for faces. */
export function room({
  groups = GROUPS,
  own = [] as Drawing[],
  page = null,
  features,
}: {
  groups?: DrawingGroup[]
  own?: Drawing[]
  page?: Edit | null
  features?: () => Promise<void>
} = {}) {
  const asked: string[] = []
  const faces: string[] = []
  const port: LabPort = {
    toasts: createToasts(),
    messages: () => messagesOf('en'),
    download: () => undefined,
    loadDrawings: async () => groups,
    ownDrawings: async () => own,
    pageEdit: () => page,
    projector: {
      project: async (_, request, onStep) => {
        const all = [...project(request)]
        for (const projection of all) onStep(projection)
        return all.at(-1) ?? null
      },
      stop: () => undefined,
    },
    models: {
      list: () => MODELS,
      subscribe: () => () => undefined,
      features: async (ref, make): Promise<Features | null> => {
        await features?.()
        const request = make({ sizePx: PX } as ModelSummary)
        if (!request) return null
        asked.push('shipped' in ref ? ref.shipped : '')
        const rows = Array.from({ length: PX }, (_, row) =>
          request.sketch.slice(row * PX, (row + 1) * PX).reduce((sum, grey) => sum + grey, 0),
        )
        return { layers: [Float32Array.from(rows), Float32Array.of(1, 1)], elapsedMs: 1 }
      },
      featureChange: async (_, make) => {
        const request = make({ sizePx: PX } as ModelSummary)
        return (
          request && {
            layers: [
              { px: PX, change: Float32Array.from(request.after, (grey, i) => Math.abs(grey - (request.before[i] ?? 0))), norm: null },
            ],
            // One channel, named by the layer that was asked for.
            channels: [{ channel: request.channels?.layer ?? -1, px: 1, before: Float32Array.of(1), after: Float32Array.of(2), change: 1 }],
            elapsedMs: 1,
          }
        )
      },
      // The face is the sketch; held, it is the sketch before.
      compare: async (ref, make): Promise<GeneratedFace | null> => {
        const request = make({ sizePx: PX } as ModelSummary)
        if (!request) return null
        const { hold, reference, region } = request.locality
        const pixels = Uint8ClampedArray.from({ length: 4 * PX * PX }, (_, i) => (hold ?? request).sketch[i >> 2] ?? 0)
        faces.push([modelKey(ref), reference ? (hold ? 'held' : 'after') : 'before'].join(' '))
        const change = reference && changeReport(reference.pixels, pixels, region)
        return { revision: 0, pixels, sizePx: PX, elapsedMs: 1, change, madeBy: null }
      },
    },
  }
  return { lab: createLabRoom(port), asked, faces, port }
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

export const hasBoth = ({ store }: LabRoom): boolean => store.getState().plots.left !== null && store.getState().plots.right !== null
