import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { changeReport } from '../../faces/locality'
import type { Drawing, DrawingGroup } from '../../lab/drawingSet'
import { project } from '../../lab/projection'
import { StudioError } from '../../shared/errors'
import { type Features, type GeneratedFace, type ModelEntry, type ModelSummary, modelKey } from '../../workers/protocol'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { movedShare } from './changes'
import { isEditIncomplete } from './editStudies'
import { editInHand, linesBeyond } from './edits'
import { spreadsCsv } from './files'
import { takingPart, whereIs } from './groups'
import { createLabRoom } from './room'
import type { Edit, LabPort } from './roomTypes'

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

  it('makes every model’s faces of the edit, ours once more with its statistics held, each base once', async () => {
    const { lab, faces } = room()
    const { store } = lab
    lab.enter()
    lab.chooseView('edit')
    const isDone = () => store.getState().isLoaded && !isEditIncomplete(store.getState(), lab.port) && store.getState().editRun === null
    await until(isDone)
    const ours = ['ablation-ours before', 'ablation-ours after', 'ablation-ours held']
    expect(faces).toEqual(['ablation-m1 before', 'ablation-m1 after', ...ours])
    const reach = () => Object.entries(store.getState().faces).map(([key, face]) => [key, face.meanInside > 0, face.meanOutside > 0])
    expect(reach()).toEqual([
      ['ablation-m1', true, false],
      ['ablation-ours', true, false],
      ['ablation-ours held', false, false],
    ])
    lab.choose(2)
    await until(isDone)
    expect(faces).toHaveLength(8)
    lab.choose(0)
    await until(isDone)
    expect(reach().flatMap(([, inside, outside]) => [inside, outside])).toEqual(Array(6).fill(false))
  })

  it('takes what is drawn on the drawing as the edit, line by line, and what the page has last', async () => {
    const page: Edit = { before: line(50), after: [...line(50), ...line(60)] }
    const { lab } = room({ page })
    lab.enter()
    lab.chooseView('edit')
    await until(() => lab.store.getState().isLoaded)
    const edit = () => editInHand(lab.store.getState())
    lab.choose(1)
    lab.drawLine([100, 300, 120, 300, 140, 300])
    lab.drawLine([100, 400, 140, 400])
    const drawn = edit()
    expect(drawn?.before).toBe(GROUPS[0]?.drawings[1])
    expect(linesBeyond(drawn?.after ?? [], drawn?.before ?? [])).toEqual([
      [100, 300, 140, 300],
      [100, 400, 140, 400],
    ])
    lab.takePage()
    expect(edit()).toBe(page)
    lab.choose(2)
    expect(edit()?.after).toBe(GROUPS[0]?.drawings[2])

    const empty = room()
    empty.lab.takePage()
    expect(empty.port.toasts.store.getState().toasts.map(({ title }) => title)).toEqual([
      'There is nothing on the page yet. Draw a stroke in the studio first.',
    ])
  })

  it('stops the edit as well, says what is missing, and goes on when asked', async () => {
    const { lab } = room()
    const { store } = lab
    lab.enter()
    await until(() => hasBoth(lab))
    const stop = store.subscribe(({ editRun }) => editRun?.done === 3 && lab.cancel())
    lab.chooseView('edit')
    await until(() => Object.keys(store.getState().faces).length > 0 && store.getState().editRun === null)
    stop()
    const known = Object.keys(store.getState().faces)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(known).toEqual(['ablation-m1'])
    expect(Object.keys(store.getState().faces)).toEqual(known)
    expect([store.getState().editRun, isEditIncomplete(store.getState(), lab.port)]).toEqual([null, true])
    await lab.start()
    await until(() => !isEditIncomplete(store.getState(), lab.port))
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
