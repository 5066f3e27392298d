/** Every command with its keys: press one, then the keys that it shall have. What had them before goes without, and it is said. */

import { type KeyboardEvent as ReactKeyboardEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Command } from '../../features/studio/commandTypes'
import { CHANGEABLE, chosenKeys, keysInForce, takenBy, withKeys, withoutChoice, written } from '../../features/studio/shortcuts'
import { IconButton } from '../../features/ui/IconButton'
import { useMessages } from '../../features/ui/i18n/I18n'
import { isComposing } from '../../features/ui/keyPress'
import { useApp } from '../appContext'

export function ShortcutSettings() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const chosen = useStore(preferences, (state) => state.shortcuts)
  const [listening, setListening] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const take = (command: Command, event: ReactKeyboardEvent): void => {
    if (listening !== command.id || event.key === 'Tab' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') {
      setListening(null)
      return
    }
    const keys = chosenKeys(event.nativeEvent)
    if (!keys) return
    const before = takenBy(keys, chosen, command.id)
    const name = written(keys, m).join(' + ')
    if (before === 'fixed') {
      setNote(m.settings.fixed(name))
      return
    }
    preferences.setState({ shortcuts: withKeys(chosen, command, keys) })
    setListening(null)
    setNote(before ? m.settings.taken(name, before.label(m)) : '')
  }
  const reset = (command: Command): void => {
    const next = withoutChoice(chosen, command)
    preferences.setState({ shortcuts: next })
    setNote(next[command.id] === null ? m.settings.stillTaken(written(command, m).join(' + '), command.label(m)) : '')
  }
  return (
    <section className="settings-section">
      <h3>{m.settings.shortcuts}</h3>
      <p className="muted">{m.settings.shortcutsNote}</p>
      <p role="status" className="shortcut-note">
        {note}
      </p>
      <ul className="shortcut-list">
        {CHANGEABLE.map((command) => (
          <ShortcutRow
            key={command.id}
            command={command}
            isListening={listening === command.id}
            onListen={() => {
              setNote('')
              setListening(listening === command.id ? null : command.id)
            }}
            onLeave={() => setListening((now) => (now === command.id ? null : now))}
            onKey={(event) => take(command, event)}
            onReset={command.id in chosen ? () => reset(command) : null}
          />
        ))}
      </ul>
      <button
        type="button"
        className="button"
        disabled={Object.keys(chosen).length === 0}
        onClick={() => {
          preferences.setState({ shortcuts: {} })
          setNote('')
        }}
      >
        {m.settings.resetAll}
      </button>
    </section>
  )
}

interface RowProps {
  command: Command
  isListening: boolean
  onListen: () => void
  onLeave: () => void
  onKey: (event: ReactKeyboardEvent) => void
  onReset: (() => void) | null
}

function ShortcutRow({ command, isListening, onListen, onLeave, onKey, onReset }: RowProps) {
  const m = useMessages()
  const chosen = useStore(useApp().studio.preferences, (state) => state.shortcuts)
  const inForce = keysInForce(command, chosen).map((keys) => written(keys, m))
  const name = shortcutName(command, m)
  return (
    <li>
      <span>{name}</span>
      {onReset ? <IconButton icon="undo" label={m.settings.reset(name)} onClick={onReset} /> : null}
      <button
        type="button"
        className="button shortcut-keys"
        aria-pressed={isListening}
        aria-label={
          isListening
            ? m.settings.pressKeys
            : m.settings.change(name, inForce.map((keys) => keys.join(' + ')).join(', ') || m.settings.none)
        }
        onClick={onListen}
        onBlur={onLeave}
        onKeyDown={onKey}
      >
        {isListening
          ? m.settings.pressKeys
          : inForce.map((keys) => (
              <span key={keys.join()} className="keys">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </span>
            ))}
        {!isListening && inForce.length === 0 ? <span className="muted">{m.settings.none}</span> : null}
      </button>
    </li>
  )
}

/** Thinner and thicker share one line of the help; here they are two. */
function shortcutName(command: Command, m: ReturnType<typeof useMessages>): string {
  const arrow = { thinner: '−', thicker: '+' }[command.id]
  return arrow ? `${command.label(m)} (${arrow})` : command.label(m)
}
