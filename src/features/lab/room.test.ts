import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Drawing, DrawingGroup } from '../../lab/drawingSet'
import { project } from '../../lab/projection'
import { StudioError } from '../../shared/errors'
import type { Features, ModelEntry, ModelSummary } from '../../workers/protocol'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { movedShare } from './changes'
import { spreadsCsv } from './files'
import { takingPart, whereIs } from './groups'
import { createLabRoom } from './room'
import type { LabPort } from './roomTypes'

const PX = 16
const line = (y: number): Drawing => [[0, y, 512, y]]
const GROUPS: DrawingGroup[] = [
  { id: 'hair', drawings: [line(20), line(120), line(220)] },
  { id: 'mouth', drawings: [line(320), line(320)] },
  { id: 'nose', drawings: [] },
]
const entry = (id: string, role: ModelEntry['role'] = 'comparison'): ModelEntry => ({ id, name: { en: id }, role })
const MODELS = [entry('live', 'live'), entry('cartoon', 'picture'), entry('ablation-m1'), entry('ablation-ours')]

/** A room whose models' features are sums of the sketch, projected on this thread. */
function room({
  groups = GROUPS,
  own = [] as Drawing[],
  features,
}: {
  groups?: DrawingGroup[]
  own?: Drawing[]
  features?: () => Promise<void>
} = {}) {
  const asked: string[] = []
  const port: LabPort = {
    toasts: createToasts(),
    messages: () => messagesOf('en'),
    download: () => undefined,
    loadDrawings: async () => groups,
    ownDrawings: async () => own,
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
    },
  }
  return { lab: createLabRoom(port), asked, port }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

type Lab = ReturnType<typeof room>['lab']
const hasBoth = ({ store }: Lab) => store.getState().plots.left !== null && store.getState().plots.right !== null

describe('the lab', () => {
  it('begins with the thesis’s two models, and asks each for every drawing once', async () => {
    const { lab, asked } = room()
    lab.enter()
    await until(() => hasBoth(lab))
    lab.enter()
    expect(lab.store.getState().sides).toEqual({ left: 'ablation-m1', right: 'ablation-ours' })
    expect(asked).toEqual([...Array(5).fill('ablation-m1'), ...Array(5).fill('ablation-ours')])
    expect(lab.store.getState().run).toBeNull()
  })

  it('says in its table what is equal, alone, or nothing', async () => {
    const { lab } = room()
    lab.enter()
    await until(() => hasBoth(lab))
    const rows = spreadsCsv(lab).trim().split('\r\n').slice(0, 5)
    expect(rows[0]).toBe('model,layer,group,drawings,different,zero,within,between')
    expect(rows[1]).toMatch(/^ablation-m1,0,hair,3,3,0,0\.\d+,$/)
    expect(rows[2]).toBe('ablation-m1,0,mouth,2,1,0,0,')
    expect(rows[3]).toBe('ablation-m1,0,nose,0,0,0,,')
    expect(rows[4]).toMatch(/^ablation-m1,0,all,,,,0\.\d+,0\.\d+$/)
  })

  it('shows what the chosen drawing’s edit moves, in both models, once somebody looks', async () => {
    const { lab } = room()
    const moved = () =>
      ['ablation-m1', 'ablation-ours'].map((id) => {
        const study = lab.store.getState().studies[id]
        return study && [study.plain, study.held].map(({ layers }) => layers[0] && movedShare(layers[0].change) > 0)
      })
    const all = (isMoved: boolean) => [
      [isMoved, isMoved],
      [isMoved, isMoved],
    ]
    lab.enter()
    await until(() => hasBoth(lab))
    expect(lab.store.getState().studies).toEqual({})
    lab.chooseView('edit')
    await until(() => isDeepStrictEqual(moved(), all(true)))
    lab.choose(0)
    await until(() => isDeepStrictEqual(moved(), all(false)))
    lab.choose(3)
    lab.choose(2)
    await until(() => isDeepStrictEqual(moved(), all(true)))
    lab.chooseLayer(1)
    await until(() => lab.store.getState().studies['ablation-ours']?.layer === 1)
    expect(lab.store.getState().studies['ablation-m1']?.plain.channels.map(({ channel }) => channel)).toEqual([1])
  })

  it('stops when it is told to, and goes on with what is missing', async () => {
    let calls = 0
    const { lab, asked } = room({
      features: async () => {
        if (++calls === 7) lab.cancel()
      },
    })
    lab.enter()
    await until(() => calls === 7 && lab.store.getState().run === null)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(calls).toBe(7)
    expect(Object.keys(lab.store.getState().features)).toEqual(['ablation-m1'])
    await lab.start()
    await until(() => hasBoth(lab))
    expect(asked.filter((id) => id === 'ablation-m1')).toHaveLength(5)
  })

  it('tells what failed, and tries again when asked', async () => {
    let isBroken = true
    const { lab } = room({
      features: async () => {
        if (isBroken) throw new StudioError('out-of-memory', 'Close other tabs.')
      },
    })
    lab.enter()
    await until(() => lab.store.getState().error !== null)
    expect(lab.store.getState().error).toEqual({ code: 'out-of-memory', message: 'Close other tabs.' })
    isBroken = false
    await lab.start()
    await until(() => hasBoth(lab))
    expect(lab.store.getState().error).toBeNull()
  })

  it('shows nothing when no group takes part, and less when some do not', async () => {
    const { lab } = room()
    lab.enter()
    await until(() => hasBoth(lab))
    lab.toggleGroup('hair')
    await until(() => hasBoth(lab))
    expect(lab.store.getState().plots.left?.drawings).toEqual([3, 4])
    lab.toggleGroup('mouth')
    expect(takingPart(lab.store.getState())).toEqual([])
    expect(lab.store.getState().plots).toEqual({ left: null, right: null })
  })

  it('takes the person’s sketches as one more group, or says that there are none', async () => {
    const none = room()
    none.lab.enter()
    await until(() => hasBoth(none.lab))
    await none.lab.addOwn()
    expect(none.port.toasts.store.getState().toasts.map(({ title }) => title)).toEqual(['There are no sketches to add yet.'])

    const some = room({ own: [line(400)] })
    some.lab.enter()
    await until(() => hasBoth(some.lab))
    await some.lab.addOwn()
    await until(() => hasBoth(some.lab))
    expect(some.lab.store.getState().groups.at(-1)).toEqual({ id: 'own', drawings: [line(400)] })
    expect(some.lab.store.getState().plots.right?.drawings).toHaveLength(6)
    expect(whereIs(some.lab.store.getState().groups, 5)).toEqual({ group: 3, number: 0 })
  })
})
