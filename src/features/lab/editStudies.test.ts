import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type Edit, linesBeyond, movedShare } from '../../lab/edit'
import { isEditIncomplete } from './editStudies'
import { editInHand } from './edits'
import { GROUPS, hasBoth, line, room, until } from './testRoom'

describe('the edit in hand', () => {
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
})
