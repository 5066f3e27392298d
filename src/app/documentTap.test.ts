import { expect, it } from 'vitest'
import { TestEditor } from '../editor/testEditor'
import { tapDocuments } from './documentTap'

it('hears of the strokes under the pen and of a committed document before those who came later, and of nothing after its end', () => {
  const hand = new TestEditor()
  const tap = tapDocuments(hand.editor)
  const heard: string[] = []
  hand.editor.documentStore.subscribe(() => heard.push('face'))
  tap.listen({
    onDocument: ({ strokes }) => heard.push(`${strokes.length} drawn`),
    onUnderPen: (strokes) => heard.push(`${strokes.length} under the pen`),
  })
  hand.draw([10, 10], [40, 40])
  expect(heard).toEqual(['1 under the pen', '1 under the pen', '1 drawn', 'face'])
  tap.close()
  hand.draw([10, 50], [40, 90])
  expect(heard.slice(4)).toEqual(['face'])
})
