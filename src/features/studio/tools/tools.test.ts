import { expect, it } from 'vitest'
import { withStrokes } from '../../../editor/documentEdits'
import { TestEditor } from '../../../editor/testEditor'
import type { Tool } from '../../../editor/tools/tool'
import { LANGUAGES } from '../../ui/i18n/messages'
import { ALL_COMMANDS, toolCommands } from '../commands'
import { commandFor, keysOf } from '../shortcuts'
import { TOOLS } from './index'
import type { ToolDeclaration } from './toolDeclaration'

/** A tool of one's own: a dot wherever one clicks. One file like this, one line in `index.ts`. */
const stampBehaviour: Tool = {
  id: 'stamp',
  begin: (context, { x, y }) => ({
    move: () => {},
    end: () => {
      const dot = { id: context.newId(), part: 'other', partIsChosen: true, widthPx: 4, usesPressure: false, points: [x, y, 0.5] } as const
      context.commit('draw', withStrokes(context.document, [...context.document.strokes, dot]))
    },
  }),
  hover: (context) => context.show({ cursor: 'crosshair' }),
}
const stamp: ToolDeclaration = { id: 'stamp', icon: 'plus', key: 'd', name: () => 'Stamp', behaviour: stampBehaviour, Options: () => null }

it('a tool is one declaration: the editor works with it, the keyboard and the bar know it', () => {
  const behaviours = [...TOOLS, stamp].flatMap(({ behaviour }) => behaviour ?? [])
  const hand = new TestEditor({ tools: behaviours })
  const [command] = toolCommands([stamp])
  expect(command).toMatchObject({ id: 'stamp', group: 'tools', key: 'd' })
  command?.perform({ editor: hand.editor } as Parameters<typeof command.perform>[0])
  hand.press(100, 120).lift()
  expect(hand.strokes.map(({ points }) => points)).toEqual([[100, 120, 0.5]])
  hand.tool('pen').draw([10, 10], [60, 60])
  expect(hand.strokes).toHaveLength(2)
})

it('every tool has its own id and key, a name in every language, and a command', () => {
  expect(new Set(TOOLS.map(({ id }) => id)).size).toBe(TOOLS.length)
  for (const tool of TOOLS) {
    for (const { messages } of LANGUAGES) expect(tool.name(messages)).toBeTruthy()
    expect(ALL_COMMANDS.filter(({ id }) => id === tool.id)).toHaveLength(1)
    const press = { key: tool.key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
    expect(commandFor(press)?.id).toBe(tool.id)
    const command = ALL_COMMANDS.find(({ id }) => id === tool.id)
    expect(command && keysOf(command, LANGUAGES[0].messages)).toHaveLength(1)
    expect(tool.behaviour?.id ?? tool.id).toBe(tool.id)
  }
})
