import { describe, expect, it } from 'vitest'
import { StudioError } from '../../shared/errors'
import { spreadsCsv } from './files'
import { takingPart, whereIs } from './groups'
import { GROUPS, hasBoth, line, room, until } from './testRoom'

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

  it('makes groups of what is caught or dragged, asks for new drawings alone, and shows a drawing of two groups at one place', async () => {
    const { lab, asked, port } = room()
    const { store } = lab
    lab.enter()
    await until(() => hasBoth(lab))
    lab.lasso([0, 4])
    await until(() => hasBoth(lab))
    expect(asked).toHaveLength(10)
    expect(store.getState().groups.at(-1)?.drawings).toEqual([GROUPS[0]?.drawings[0], GROUPS[1]?.drawings[1]])
    const { places } = store.getState().plots.left?.projection ?? { places: [] }
    expect([...places.slice(10, 14)]).toEqual([...places.slice(0, 2), ...places.slice(8, 10)])

    lab.lasso([])
    lab.drag('jaw', [0, 0, 1, 1])
    expect(port.toasts.store.getState().toasts.map(({ title }) => title)).toEqual([
      'No drawing lies within the lasso. Draw it round some points.',
      'The part was hardly moved. Drag it farther.',
    ])
    lab.choose(6)
    lab.toggleGroup('lasso1')
    lab.dropGroup('lasso1')
    await until(() => hasBoth(lab))
    expect([store.getState().chosen, [...store.getState().left]]).toEqual([4, []])

    lab.drag('jaw', [0, 0, 0, 40])
    await until(() => hasBoth(lab))
    expect(store.getState().plots.right?.drawings).toHaveLength(5 + 18)
    // The first of them is there already.
    expect(asked).toHaveLength(10 + 2 * 17)
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
