import { describe, expect, it } from 'vitest'
import { emptyDocument, type Stroke } from '../../editor/document'
import { IDENTITY } from '../../faces/similarity'
import { linesBeyond } from '../../lab/edit'
import { lastStroke } from './ownSketches'

const stroke = (id: string, part: Stroke['part'], y: number): Stroke => ({
  ...{ id, part, partIsChosen: true, widthPx: 2, usesPressure: false },
  points: [200, y, 0.5, 310, y, 0.5],
})
const page = (...strokes: Stroke[]) => ({ ...emptyDocument('a'), strokes })

describe('the last stroke of a page', () => {
  it('is an edit of what was there before, the mean face standing in for what is not drawn', () => {
    const edit = lastStroke(page(stroke('1', 'hair', 60), stroke('2', 'leftBrow', 210)), { standIns: true, placement: IDENTITY })
    expect(linesBeyond(edit?.after ?? [], edit?.before ?? [])).toEqual([[200, 210, 310, 210]])
    // The mean face’s brow goes, as there is one now.
    expect(linesBeyond(edit?.before ?? [], edit?.after ?? [])).toHaveLength(1)
  })

  it('lies where the studio brings it, alone where nothing stands in', () => {
    const placement = { ...IDENTITY, dx: 10, dy: -5 }
    expect(lastStroke(page(stroke('1', 'mouth', 390)), { standIns: false, placement })).toEqual({
      before: [],
      after: [[210, 385, 320, 385]],
    })
  })

  it('is none on an empty page', () => {
    expect(lastStroke(page(), { standIns: true, placement: IDENTITY })).toBeNull()
  })
})
