import { expect, it } from 'vitest'
import { coverage, drawnArea, drawnHair } from './drawnHair'
import { paintedSubject } from './testSubject'

const SIZE = 256

it('counts hair where it is drawn and elsewhere, and nothing on the face', () => {
  const drawn = Uint8Array.from([1, 1, 1, 1, 0, 0, 0, 0])
  const isHair = (i: number): boolean => [0, 1, 4, 7].includes(i)
  expect(coverage(drawn, isHair, () => false)).toEqual({ inside: 0.5, outside: 0.5 })
  expect(coverage(drawn, isHair, (i) => i === 2 || i === 7)).toEqual({ inside: 2 / 3, outside: 1 / 3 })
})

it('takes for drawn what lies near a strand', () => {
  const area = drawnArea([[0.25, 0.5, 0.75, 0.5]])
  const at = (x: number, y: number): number => area[y * SIZE + x] ?? -1
  expect([at(128, 128), at(128, 136), at(66, 128)]).toEqual([1, 1, 1])
  expect([at(128, 140), at(40, 128), at(128, 100)]).toEqual([0, 0, 0])
})

it('says what is missing', async () => {
  const { remarks } = await drawnHair.run(paintedSubject([]))
  expect(remarks[0]).toContain('--edits')
})
