import { describe, expect, it } from 'vitest'
import type { DataSetKind } from '../../storage/trainingRows'
import { kindOf, type Side, sortFiles } from './sorting'

const placed = (paths: readonly string[]) => paths.map((path) => ({ path, file: path }))
const sorted = (kind: DataSetKind, paths: readonly string[], side?: Side) => sortFiles(placed(paths), kind, side ? { looseSide: side } : {})
/** `name: a | b`, with `*` for held out. */
const lines = (kind: DataSetKind, paths: readonly string[], side?: Side) =>
  sorted(kind, paths, side).items.map(({ name, a, b, heldOut }) => `${name}${heldOut ? '*' : ''}: ${a} | ${b}`)

describe('pairs by their paths', () => {
  it('are the same name in folders A and B, whatever the format and the case', () => {
    expect(lines('pairs', ['ink/A/Anna.jpg', 'ink/B/anna.PNG', 'ink/A/2.webp', 'ink/B/2.jpeg', 'ink/A/10.jpg', 'ink/B/10.jpg'])).toEqual([
      '2: ink/A/2.webp | ink/B/2.jpeg',
      '10: ink/A/10.jpg | ink/B/10.jpg',
      'Anna: ink/A/Anna.jpg | ink/B/anna.PNG',
    ])
  })

  it('are folders as pix2pix and CycleGAN have them: test is held out and pairs with nothing of train', () => {
    expect(lines('pairs', ['trainA/1.jpg', 'trainB/1.jpg', 'testA/1.jpg', 'testB/1.jpg', 'testA/2.jpg', 'trainB/2.jpg'])).toEqual([
      '1: trainA/1.jpg | trainB/1.jpg',
      '1*: testA/1.jpg | testB/1.jpg',
    ])
    expect(lines('pairs', ['set/held-out/photos/x.jpg', 'set/held-out/drawings/x.jpg'])).toEqual([
      'x*: set/held-out/photos/x.jpg | set/held-out/drawings/x.jpg',
    ])
  })

  it('are endings of the name, and a plain name beside one with an ending', () => {
    expect(lines('pairs', ['anna_A.jpg', 'anna_B.png', 'ben photo.jpg', 'ben drawing.jpg', 'cy.jpg', 'cy-b.png'])).toEqual([
      'anna: anna_A.jpg | anna_B.png',
      'ben: ben photo.jpg | ben drawing.jpg',
      'cy: cy.jpg | cy-b.png',
    ])
    // In a folder A an ending of side B is part of the name.
    expect(lines('pairs', ['A/plan b.jpg', 'B/plan b.jpg', 'A/x_A.jpg', 'B/x_B.jpg'])).toEqual([
      'plan b: A/plan b.jpg | B/plan b.jpg',
      'x: A/x_A.jpg | B/x_B.jpg',
    ])
  })

  it('of the same name in different folders stay apart', () => {
    expect(lines('pairs', ['one/A/1.jpg', 'two/B/1.jpg', 'two/A/1.jpg'])).toEqual(['1: two/A/1.jpg | two/B/1.jpg'])
  })

  it('may lie in one picture: what says nothing is looked at', () => {
    const { items } = sorted('pairs', ['both/1.png', 'both/2.png'])
    expect(items.map(({ a, b, isCombined }) => [a, b, isCombined])).toEqual([
      ['both/1.png', null, true],
      ['both/2.png', null, true],
    ])
  })

  it('say what has no partner, what is there twice, and what is no picture; litter is not mentioned', () => {
    const { items, leftOut, noPictures } = sorted('pairs', [
      ...['A/1.jpg', 'B/1.jpg', 'B/1.png', 'A/2.jpg', 'notes.txt', 'A/clip.gif'],
      ...['__MACOSX/A/._1.jpg', 'A/.DS_Store', 'Thumbs.db', '.hidden/A/3.jpg', 'dataset.json'],
    ])
    expect(items).toHaveLength(1)
    expect(leftOut).toEqual([
      { reason: 'twice', name: '1' },
      { reason: 'noPartner', name: '2' },
    ])
    expect(noPictures).toBe(2)
  })
})

describe('photos without a partner', () => {
  it('are kept where their second half is to be drawn; pictures without a photo are not', () => {
    const { items, leftOut } = sortFiles(placed(['A/1.jpg', 'B/1.jpg', 'A/2_A.jpg', 'testA/3.jpg', 'B/4.jpg', 'loose.jpg']), 'pairs', {
      keepsLonely: true,
    })
    expect(items.map(({ name, a, b, heldOut, isCombined }) => [name, a, b, heldOut, isCombined])).toEqual([
      ['1', 'A/1.jpg', 'B/1.jpg', false, false],
      ['2', 'A/2_A.jpg', null, false, false],
      ['3', 'testA/3.jpg', null, true, false],
      ['loose', 'loose.jpg', null, false, true],
    ])
    expect(leftOut).toEqual([{ reason: 'noPartner', name: '4' }])
  })
})

describe('unpaired heaps', () => {
  it('go by folder or ending, and otherwise where a person says', () => {
    const paths = ['A/1.jpg', 'anime/2.png', 'x_B.jpg', 'loose.jpg']
    expect(lines('unpaired', paths)).toEqual(['1: A/1.jpg | null', '2: null | anime/2.png', 'loose: loose.jpg | null', 'x: null | x_B.jpg'])
    expect(lines('unpaired', paths, 'b').at(2)).toBe('loose: null | loose.jpg')
    expect(sorted('unpaired', ['A/1.jpg', 'B/1.jpg']).items).toHaveLength(2)
  })
})

describe('what a heap of files looks like', () => {
  it('is pairs where two belong together', () => {
    expect(kindOf(placed(['A/1.jpg', 'B/1.jpg', 'A/9.jpg']))).toBe('pairs')
    expect(kindOf(placed(['A/1.jpg', 'B/other.jpg']))).toBe('unpaired')
    expect(kindOf(placed([]))).toBe('unpaired')
  })
})
