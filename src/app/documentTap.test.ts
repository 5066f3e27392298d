import { expect, it } from 'vitest'
import { createEditor } from '../editor'
import { tapDocuments } from './documentTap'

it('hears of a committed document before those who came later, and of nothing after its end', () => {
  const editor = createEditor()
  const tap = tapDocuments(editor)
  const heard: string[] = []
  editor.documentStore.subscribe(() => heard.push('face'))
  tap.listen((document) => heard.push(`journal ${document.name}`))
  editor.commands.rename('A')
  expect(heard).toEqual(['journal A', 'face'])
  tap.close()
  editor.commands.rename('B')
  expect(heard).toEqual(['journal A', 'face', 'face'])
})
