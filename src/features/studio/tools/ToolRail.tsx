/** The slim bar of tools: a column at the left, or a row in the thumb's reach on a phone. */

import { Popover, Toolbar } from 'radix-ui'
import type { ComponentProps } from 'react'
import { useStore } from 'zustand'
import { canFillScreen } from '../../ui/fullScreen'
import { Icon, type IconName } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { useMessages } from '../../ui/i18n/I18n'
import { usePortalContainer } from '../../ui/portal'
import { ALL_COMMANDS, COMMANDS, type CommandId } from '../commands'
import { ReferencePopover } from '../reference/ReferenceOptions'
import { useStudio } from '../studioContext'
import { useKeys } from '../useKeys'
import { TOOLS } from './index'
import type { ToolDeclaration } from './toolDeclaration'

interface ToolRailProps {
  /** A row at the lower edge instead of a column at the left. */
  isRow: boolean
  /** Only what is needed all the time; the rest is in the sheet. */
  isPhone: boolean
  /** Opens the sheet with the tool's options, where there is no room for them. */
  onOptions: () => void
}

export function ToolRail({ isRow, isPhone, onOptions }: ToolRailProps) {
  const m = useMessages()
  const side = isRow ? 'top' : 'right'
  return (
    <Toolbar.Root className="rail" aria-label={m.tools.toolbar} orientation={isRow ? 'horizontal' : 'vertical'}>
      <div className="rail-group">
        {TOOLS.filter(({ isForDesks }) => !(isPhone && isForDesks)).map((tool) => (
          <ToolButton key={tool.id} tool={tool} side={side} />
        ))}
      </div>
      <HistoryButtons side={side} />
      <div className="rail-group">
        <CommandButton command="meanFace" icon="meanFace" side={side} />
        {isPhone ? null : <PageButtons side={side} />}
        {isPhone ? <BarButton icon="options" label={m.tools.options} side={side} onClick={onOptions} /> : null}
      </div>
      {isPhone ? null : (
        <div className="rail-group rail-end">
          <ZoomButtons side={side} />
        </div>
      )}
    </Toolbar.Root>
  )
}

/** One tab stop for the whole bar; arrow keys move within. */
function BarButton(props: ComponentProps<typeof IconButton>) {
  return (
    <Toolbar.Button asChild disabled={props.disabled ?? false}>
      <IconButton {...props} />
    </Toolbar.Button>
  )
}

type Side = 'top' | 'right'

function ToolButton({ tool: { id, icon, name }, side }: { tool: ToolDeclaration; side: Side }) {
  const m = useMessages()
  const keys = useKeys()
  const command = ALL_COMMANDS.find((each) => each.id === id)
  const { editor } = useStudio()
  const active = useStore(editor.sessionStore, (state) => state.tool === id)
  return (
    <BarButton
      icon={icon}
      label={name(m)}
      keys={command ? keys(command) : []}
      pressed={active}
      side={side}
      className="tool"
      onClick={() => editor.setTool(id)}
    />
  )
}

function HistoryButtons({ side }: { side: Side }) {
  const m = useMessages()
  const { editor } = useStudio()
  const undoKind = useStore(editor.documentStore, (state) => (state.canUndo ? state.undoKind : null))
  const redoKind = useStore(editor.documentStore, (state) => (state.canRedo ? state.redoKind : null))
  return (
    <div className="rail-group">
      <CommandButton command="undo" icon="undo" side={side} disabled={!undoKind} more={undoKind ? m.edits[undoKind] : undefined} />
      <CommandButton command="redo" icon="redo" side={side} disabled={!redoKind} more={redoKind ? m.edits[redoKind] : undefined} />
    </div>
  )
}

/** Switches about the page, and the way to an empty one. */
export function PageButtons({ side }: { side: Side | 'bottom' }) {
  const { editor, preferences } = useStudio()
  const symmetry = useStore(editor.sessionStore, (state) => state.symmetry)
  const underlay = useStore(preferences, (state) => state.underlay)
  const isEmpty = useStore(editor.documentStore, (state) => state.document.strokes.length === 0)
  const m = useMessages()
  return (
    <>
      <CommandButton command="symmetry" icon="symmetry" side={side} pressed={symmetry} />
      <CommandButton command="underlay" icon="underlay" side={side} pressed={underlay} />
      <ReferenceButton side={side} />
      <BarButton icon="clear" label={m.tools.clear} side={side} disabled={isEmpty} onClick={() => editor.commands.clear()} />
    </>
  )
}

/** The first press chooses a picture; with one under the page it opens what can be done with it. */
function ReferenceButton({ side }: { side: Side | 'bottom' }) {
  const m = useMessages()
  const { reference, chooseReference } = useStudio()
  const container = usePortalContainer()
  const shown = useStore(reference.store, (state) => state.reference?.isShown ?? null)
  if (shown === null) return <BarButton icon="photo" label={m.reference.choose} side={side} onClick={chooseReference} />
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <BarButton icon="photo" label={m.reference.title} side={side} pressed={shown} />
      </Popover.Trigger>
      <Popover.Portal container={container}>
        <ReferencePopover side={side} />
      </Popover.Portal>
    </Popover.Root>
  )
}

export function ZoomButtons({ side }: { side: Side | 'bottom' }) {
  return (
    <>
      <CommandButton command="zoomIn" icon="plus" side={side} />
      <CommandButton command="zoomOut" icon="minus" side={side} />
      <CommandButton command="fit" icon="fit" side={side} />
      <TurnButton side={side} />
    </>
  )
}

/** Turning the page, and the whole screen for it: behind one button, as they are wanted seldom. */
function TurnButton({ side }: { side: Side | 'bottom' }) {
  const m = useMessages()
  const { ui } = useStudio()
  const container = usePortalContainer()
  const isTurned = useStore(ui, (state) => state.turnDegrees !== 0)
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <BarButton icon="turnRight" label={m.tools.turnPage} side={side} pressed={isTurned} />
      </Popover.Trigger>
      <Popover.Portal container={container}>
        <Popover.Content className="popover turn-popover" aria-label={m.tools.turnPage} side={side} sideOffset={6} collisionPadding={8}>
          <PlainCommand command="turnLeft" icon="turnLeft" />
          <PlainCommand command="turnRight" icon="turnRight" />
          {canFillScreen() ? <PlainCommand command="fullScreen" icon="enlarge" /> : <p className="muted">{m.settings.noFullScreen}</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function PlainCommand({ command: id, icon }: { command: CommandId; icon: IconName }) {
  const m = useMessages()
  const { commandContext } = useStudio()
  const keys = useKeys()
  const command = COMMANDS[id]
  return (
    <button type="button" className="button quiet" onClick={() => command.perform(commandContext)}>
      <Icon name={icon} size={18} />
      <span>{command.label(m)}</span>
      <span className="keys" aria-hidden="true">
        {keys(command).map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </span>
    </button>
  )
}

interface CommandButtonProps {
  command: CommandId
  icon: IconName
  side: Side | 'bottom'
  pressed?: boolean
  disabled?: boolean
  more?: string | undefined
}

function CommandButton({ command: id, icon, side, pressed, disabled, more }: CommandButtonProps) {
  const m = useMessages()
  const keys = useKeys()
  const { commandContext } = useStudio()
  const command = COMMANDS[id]
  return (
    <BarButton
      icon={icon}
      label={command.label(m)}
      keys={keys(command)}
      more={more}
      pressed={pressed}
      disabled={disabled ?? false}
      side={side}
      onClick={() => command.perform(commandContext)}
    />
  )
}
