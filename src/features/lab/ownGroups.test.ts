import { describe, expect, it } from 'vitest'
import { meanFaceLines } from '../../editor/modelInk'
import type { Drawing } from '../../lab/drawingSet'
import { linesBeyond } from '../../lab/edit'
import { DRAGGED, draggableParts, draggedGroup, lassoGroup, partAt, withPicked } from './ownGroups'
import type { LabGroup } from './roomTypes'

const face: Drawing = meanFaceLines().map((line) => line.filter((_, i) => i % 3 < 2))
const dot = (x: number): Drawing => [[x, 5, x, 9]]
const GROUPS: LabGroup[] = [
  { id: 'a', drawings: [face] },
  { id: 'b', drawings: [dot(1), dot(2)] },
]
const state = { groups: GROUPS, chosen: 0 }

describe('a group made by dragging a part', () => {
  it('knows the parts of a face, and which of them is under the pointer', () => {
    expect(draggableParts(face)).toEqual(['jaw', 'leftBrow', 'rightBrow', 'nose', 'leftEye', 'rightEye', 'mouth'])
    expect(partAt(face, 256, 392)).toBe('mouth')
    expect(partAt(face, 193, 240)).toBe('leftEye')
    expect(partAt(face, 20, 20)).toBeNull()
  })

  it('has eighteen drawings along the way, evenly, the first as it was, and nothing but the part moved', () => {
    const group = draggedGroup(state, 'mouth', [0, 0, 34, 0, 34, 34])
    expect(group).toMatchObject({ id: 'dragged1', made: { kind: 'dragged', part: 'mouth', number: 1 } })
    const drawings = group?.drawings ?? []
    expect(drawings).toHaveLength(DRAGGED)
    expect(drawings[0]).toBe(face)
    const moved = drawings.map((drawing) => linesBeyond(drawing, face).length)
    expect(moved).toEqual([0, ...Array(17).fill(4)])
    const mouth = face.findIndex((line) => !drawings[1]?.includes(line))
    const offset = (n: number) => [0, 1].map((axis) => (drawings[n]?.[mouth]?.[axis] ?? 0) - (face[mouth]?.[axis] ?? 0))
    expect(offset(1)).toEqual([expect.closeTo(4), expect.closeTo(0)])
    expect(offset(17)).toEqual([expect.closeTo(34), expect.closeTo(34)])
    // Every other line is the very same.
    expect(drawings.every((drawing) => drawing.filter((line) => face.includes(line)).length >= face.length - 4)).toBe(true)
  })

  it('is none for a hand that hardly moved, nor without a drawing', () => {
    expect(draggedGroup(state, 'mouth', [0, 0, 3, 2])).toBeNull()
    expect(draggedGroup({ groups: [], chosen: 0 }, 'mouth', [0, 0, 90, 0])).toBeNull()
  })
})

describe('a group of what a lasso has caught', () => {
  it('has each drawing once, and a name of its own', () => {
    const first = lassoGroup(state, [2, 0])
    expect(first).toEqual({ id: 'lasso1', drawings: [face, GROUPS[1]?.drawings[1]], made: { kind: 'lasso', number: 1 } })
    const groups = [...GROUPS, ...(first ? [first] : [])]
    const both = lassoGroup({ groups }, [0, 3])
    expect([both?.id, both?.drawings]).toEqual(['lasso2', [face]])
    expect(lassoGroup(state, [])).toBeNull()
  })

  it('takes in the drawing on show, once', () => {
    const once = withPicked({ groups: GROUPS, chosen: 1 })
    expect(once.at(-1)).toMatchObject({ id: 'lasso1', drawings: [GROUPS[1]?.drawings[0]] })
    const twice = withPicked({ groups: once, chosen: 2 })
    expect(twice.at(-1)?.drawings).toEqual(GROUPS[1]?.drawings)
    expect(withPicked({ groups: twice, chosen: 2 })).toBe(twice)
  })
})
