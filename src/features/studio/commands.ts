/**
 * Every command of the studio with its name and shortcut, in one table: the keyboard, the tooltips and the help read the same lines. A person may choose
 * other keys (`shortcuts.ts`).
 */

import { toggleFullScreen } from '../ui/fullScreen'
import type { Command, CommandContext } from './commandTypes'
import { fitView, zoomAt } from './surface/view'
import { TOOLS, toolById } from './tools'
import type { ToolDeclaration } from './tools/toolDeclaration'

const zoom = (context: CommandContext, factor: number): void => {
  const side = context.surfacePx()
  const { view } = context.editor.sessionStore.getState()
  context.editor.setSettings({ view: zoomAt(view, factor, side / 2, side / 2, side) })
}

const TURN_DEGREES = 15

/** What `[` and `]` change where the tool has no size of its own. */
const PEN_SIZE = { setting: 'penWidthPx', step: 0.5 } as const

const stepWidth = ({ editor }: CommandContext, direction: 1 | -1): void => {
  const session = editor.sessionStore.getState()
  const { setting, step } = toolById(session.tool)?.size ?? PEN_SIZE
  editor.setSettings({ [setting]: session[setting] + direction * step })
}

const nudge = (key: string, dx: number, dy: number): Command[] =>
  [false, true].map((shift) => ({
    id: `nudge-${key}-${shift}`,
    group: 'edit' as const,
    label: (m) => m.help.rows.nudge,
    key,
    shift,
    perform: ({ editor }) => {
      const factor = shift ? 10 : 1
      editor.commands.nudgeSelection(dx * factor, dy * factor)
    },
  }))

export const COMMANDS = {
  symmetry: {
    id: 'symmetry',
    group: 'tools',
    label: (m) => m.tools.symmetry,
    key: 'x',
    perform: ({ editor }) => editor.setSettings({ symmetry: !editor.sessionStore.getState().symmetry }),
  },
  thinner: { id: 'thinner', group: 'tools', label: (m) => m.help.rows.thinner, key: '[', perform: (context) => stepWidth(context, -1) },
  thicker: { id: 'thicker', group: 'tools', label: (m) => m.help.rows.thinner, key: ']', perform: (context) => stepWidth(context, 1) },
  undo: {
    id: 'undo',
    group: 'edit',
    label: (m) => m.tools.undo,
    key: 'z',
    ctrl: true,
    perform: ({ editor }) => void editor.commands.undo(),
  },
  redo: {
    id: 'redo',
    group: 'edit',
    label: (m) => m.tools.redo,
    key: 'z',
    ctrl: true,
    shift: true,
    alternative: { key: 'y', ctrl: true },
    perform: ({ editor }) => void editor.commands.redo(),
  },
  meanFace: {
    id: 'meanFace',
    group: 'edit',
    label: (m) => m.tools.startFromMeanFace,
    key: 'm',
    perform: ({ editor }) => void editor.commands.startFromMeanFace(),
  },
  selectAll: {
    id: 'selectAll',
    group: 'edit',
    label: (m) => m.help.rows.selectAll,
    key: 'a',
    ctrl: true,
    perform: ({ editor }) => {
      editor.setTool('select')
      editor.selectAll()
    },
  },
  duplicate: {
    id: 'duplicate',
    group: 'edit',
    label: (m) => m.help.rows.duplicate,
    key: 'd',
    ctrl: true,
    perform: ({ editor }) => void editor.commands.duplicateSelection(),
  },
  flip: {
    id: 'flip',
    group: 'edit',
    label: (m) => m.help.rows.flip,
    key: 'd',
    shift: true,
    perform: ({ editor }) => void editor.commands.flipSelection(),
  },
  delete: {
    id: 'delete',
    group: 'edit',
    label: (m) => m.help.rows.deleteSelection,
    key: 'Delete',
    alternative: { key: 'Backspace' },
    perform: ({ editor }) => void editor.commands.deleteSelection(),
  },
  cancel: { id: 'cancel', group: 'edit', label: (m) => m.help.rows.cancel, key: 'Escape', perform: ({ editor }) => void editor.cancel() },
  zoomIn: {
    id: 'zoomIn',
    group: 'view',
    label: (m) => m.tools.zoomIn,
    key: '+',
    alternative: { key: '=' },
    perform: (context) => zoom(context, 1.25),
  },
  zoomOut: { id: 'zoomOut', group: 'view', label: (m) => m.tools.zoomOut, key: '-', perform: (context) => zoom(context, 1 / 1.25) },
  fit: {
    id: 'fit',
    group: 'view',
    label: (m) => m.tools.fit,
    key: '0',
    perform: ({ editor, surfacePx, turnPage }) => {
      editor.setSettings({ view: fitView(surfacePx()) })
      turnPage(null)
    },
  },
  turnLeft: { id: 'turnLeft', group: 'view', label: (m) => m.tools.turnLeft, key: ',', perform: ({ turnPage }) => turnPage(-TURN_DEGREES) },
  turnRight: {
    id: 'turnRight',
    group: 'view',
    label: (m) => m.tools.turnRight,
    key: '.',
    perform: ({ turnPage }) => turnPage(TURN_DEGREES),
  },
  fullScreen: {
    id: 'fullScreen',
    group: 'view',
    label: (m) => m.tools.fullScreen,
    key: 'f',
    shift: true,
    perform: () => void toggleFullScreen(),
  },
  underlay: {
    id: 'underlay',
    group: 'view',
    label: (m) => m.tools.underlay,
    key: 'u',
    perform: ({ preferences }) => preferences.setState((state) => ({ underlay: !state.underlay })),
  },
  hold: { id: 'hold', group: 'face', label: (m) => m.face.hold, key: 'k', perform: ({ toggleHold }) => toggleHold() },
  lock: { id: 'lock', group: 'face', label: (m) => m.face.lock, key: 'l', perform: ({ toggleLock }) => toggleLock() },
  heat: { id: 'heat', group: 'face', label: (m) => m.face.heat, key: 'w', perform: ({ toggleHeat }) => toggleHeat() },
  compare: { id: 'compare', group: 'face', label: (m) => m.face.compare, key: 'c', perform: ({ toggleCompare }) => toggleCompare() },
  enlarge: { id: 'enlarge', group: 'face', label: (m) => m.face.enlarge, key: 'f', perform: ({ toggleEnlarged }) => toggleEnlarged() },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof COMMANDS

/** Taking a tool is a command as well. */
export function toolCommands(tools: readonly ToolDeclaration[]): Command[] {
  return tools.map(({ id, key, name }) => ({ id, group: 'tools', label: name, key, perform: ({ editor }) => editor.setTool(id) }))
}

/** What the help lists, in its order. */
export const ALL_COMMANDS: readonly Command[] = [...toolCommands(TOOLS), ...Object.values<Command>(COMMANDS)]

export const NUDGES: readonly Command[] = [
  ...nudge('ArrowLeft', -1, 0),
  ...nudge('ArrowRight', 1, 0),
  ...nudge('ArrowUp', 0, -1),
  ...nudge('ArrowDown', 0, 1),
]
