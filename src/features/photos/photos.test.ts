import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { PhotoSummary } from '../../storage/photoTypes'
import { movedPoint, nearestPoint } from '../ui/pointMoves'
import { batchPhotos } from './batch'
import { fileName } from './painting'
import { createPointHistory } from './pointHistory'
import { zipFile } from './zip'

const points = (value: number): number[] => new Array(136).fill(value)
const photo = (landmarks = points(0), id = 'a'): PhotoSummary => ({
  ...{ id, name: 'Ada: 1/2', createdAt: 0, updatedAt: 0, deletedAt: null, width: 9, height: 9, chosen: 0, thumbnail: null },
  faces: [{ square: { centre: [0, 0], halfX: [1, 0] }, landmarks, found: points(0), yawDegrees: 0, pitchDegrees: 0 }],
})

describe('points', () => {
  it('are taken by the nearest within reach, and put where they are dropped, near the picture', () => {
    const two = [0.1, 0.1, 0.2, 0.1]
    expect(nearestPoint(two, 0.16, 0.1, 0.05)).toBe(1)
    expect(nearestPoint(two, 0.5, 0.5, 0.05)).toBeNull()
    expect(movedPoint(two, 1, 0.3, 0.4)).toEqual([0.1, 0.1, 0.3, 0.4])
    expect(movedPoint(two, 0, -9, 9)).toEqual([-0.25, 1.25, 0.2, 0.1])
  })

  it('are undone and done again step by step, and a new move ends what could be done again', async () => {
    let now = photo()
    const history = createPointHistory(async (_photo, _face, landmarks) => {
      now = photo([...landmarks])
    })
    const first = () => now.faces[0]?.landmarks[0]
    await history.move(now, points(1))
    await history.move(now, points(2))
    await history.undo(now)
    expect(first()).toBe(1)
    await history.undo(now)
    await history.undo(now)
    expect(first()).toBe(0)
    await history.redo(now)
    await history.redo(now)
    expect(first()).toBe(2)
    await history.undo(now)
    await history.move(now, points(3))
    await history.redo(now)
    expect(first()).toBe(3)
    await history.reset(now)
    expect(first()).toBe(0)
    await history.undo(now)
    expect(first()).toBe(3)
  })
})

describe('many photos', () => {
  it('are those that were taken, or all', () => {
    const photos = [photo(points(0), 'a'), photo(points(0), 'b')]
    expect(batchPhotos({ photos, checked: [] }).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(batchPhotos({ photos, checked: ['b'] }).map(({ id }) => id)).toEqual(['b'])
  })

  it('go into a zip that any program opens, under names that every system takes', async () => {
    const files = new Map([
      [fileName(photo(), 'drawing'), Uint8Array.of(1, 2, 3)],
      ['脸.png', Uint8Array.of(4)],
    ])
    const zip = unzipSync(new Uint8Array(await zipFile(files).arrayBuffer()))
    expect(Object.entries(zip).map(([name, bytes]) => [name, ...bytes])).toEqual([
      ['Ada 1 2-drawing.png', 1, 2, 3],
      ['脸.png', 4],
    ])
  })
})
