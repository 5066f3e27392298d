import { describe, expect, it } from 'vitest'
import { LookOfDrawing } from './lookOfDrawing'

const LOOK = { hairStyle: 'bob', beard: 'none', age: 30 }

describe('the look of a drawing', () => {
  it('opens a field when its first lines are drawn, and gives the value back when they go', () => {
    const follower = new LookOfDrawing()
    const opened = follower.follow(LOOK, [], ['hairStyle'])
    expect(opened).toEqual({ ...LOOK, hairStyle: null })
    expect(follower.follow(opened, ['hairStyle'], ['hairStyle'])).toBe(opened)
    expect(follower.follow(opened, ['hairStyle'], [])).toEqual(LOOK)
  })

  it('leaves alone what a person has set since', () => {
    const follower = new LookOfDrawing()
    const opened = follower.follow(LOOK, [], ['hairStyle'])
    const chosen = { ...opened, hairStyle: 'long' }
    expect(follower.follow(chosen, ['hairStyle'], ['hairStyle', 'beard'])).toEqual({ ...chosen, beard: null })
    expect(follower.follow(chosen, ['hairStyle'], [])).toBe(chosen)
  })

  it('takes another look without what is drawn, and gives back its own value', () => {
    const follower = new LookOfDrawing()
    follower.follow(LOOK, [], ['hairStyle'])
    const other = follower.opened({ hairStyle: 'afro', age: 60 }, ['hairStyle'])
    expect(other).toEqual({ hairStyle: null, age: 60 })
    expect(follower.follow(other, ['hairStyle'], []).hairStyle).toBe('afro')
  })

  it('knows nothing of another sketch', () => {
    const follower = new LookOfDrawing()
    const opened = follower.follow(LOOK, [], ['hairStyle'])
    follower.forget()
    expect(follower.follow(opened, ['hairStyle'], []).hairStyle).toBeNull()
  })
})
