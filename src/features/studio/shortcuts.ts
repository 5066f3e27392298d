/** Which keys perform which command: the table's own, and what a person has put in their place. */

import type { Messages } from '../ui/i18n/messages'
import { type KeyPress, type MeantKey, meantKey } from '../ui/keyPress'
import type { Shortcuts } from '../ui/preferences'
import { ALL_COMMANDS, NUDGES } from './commands'
import type { Command, Keys } from './commandTypes'

/** Keys that belong to the page, the pen of the keyboard or the clipboard, and are nobody's to give away. */
const FIXED: readonly Keys[] = [
  ...['?', ' ', 'Enter', 'Escape', 'Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => ({ key })),
  ...['s', 'c', 'x', 'v'].map((key) => ({ key, ctrl: true })),
]
/** Escape drops a gesture whatever else was chosen, and whoever is lost presses it. */
const UNCHANGEABLE: ReadonlySet<string> = new Set(['cancel'])

export const CHANGEABLE: readonly Command[] = ALL_COMMANDS.filter(({ id }) => !UNCHANGEABLE.has(id))

/** The keys that are in force: those that were chosen alone, or the table's with their alternative; none where they were taken away. */
export function keysInForce(command: Command, chosen: Shortcuts): readonly Keys[] {
  const own = UNCHANGEABLE.has(command.id) ? undefined : chosen[command.id]
  if (own === null) return []
  if (own) return [own]
  return command.alternative ? [command, command.alternative] : [command]
}

/** The command of a key press, or `null`. Shift is ignored where the key itself needs it (`+`, `?`). */
export function commandFor(press: KeyPress, chosen: Shortcuts = {}): Command | null {
  const meant = meantKey(press)
  if (meant.alt) return null
  return [...ALL_COMMANDS, ...NUDGES].find((command) => keysInForce(command, chosen).some((keys) => matches(meant, keys))) ?? null
}

/** What a person has pressed to be the new keys of a command; `null` for what cannot be one: a modifier alone, or with Alt. */
export function chosenKeys(press: KeyPress): Keys | null {
  const { key, ctrl, shift, alt } = meantKey(press)
  if (alt || ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified', 'CapsLock'].includes(key)) return null
  return { key, ...(ctrl ? { ctrl } : {}), ...(shift && !isSign(key) ? { shift } : {}) }
}

/** Who has these keys already: a command, the page itself, or nobody. */
export function takenBy(keys: Keys, chosen: Shortcuts, except: string): Command | 'fixed' | null {
  const meant = { key: keys.key, ctrl: keys.ctrl ?? false, shift: keys.shift ?? false, alt: false }
  if (FIXED.some((fixed) => fixed.key === keys.key && (fixed.ctrl ?? false) === meant.ctrl)) return 'fixed'
  return ALL_COMMANDS.find((command) => command.id !== except && keysInForce(command, chosen).some((own) => matches(meant, own))) ?? null
}

/** With other keys for one command. Whoever had them goes without. */
export function withKeys(chosen: Shortcuts, command: Command, keys: Keys): Shortcuts {
  const loser = takenBy(keys, chosen, command.id)
  const others = loser && loser !== 'fixed' ? { ...chosen, [loser.id]: null } : chosen
  return { ...others, [command.id]: keys }
}

/** The table's own keys again, for one command; whoever has them meanwhile keeps them, and this one goes without. */
export function withoutChoice(chosen: Shortcuts, command: Command): Shortcuts {
  const { [command.id]: _, ...rest } = chosen
  if (takenBy(command, rest, command.id) !== null) return { ...rest, [command.id]: null }
  // The first keys alone, where somebody has the others.
  const { key, ctrl = false, shift = false, alternative } = command
  return !alternative || takenBy(alternative, rest, command.id) === null ? rest : { ...rest, [command.id]: { key, ctrl, shift } }
}

const isSign = (key: string): boolean => key.length === 1 && !/[a-z]/.test(key)

function matches(meant: MeantKey, keys: Keys): boolean {
  return meant.key === keys.key && meant.ctrl === (keys.ctrl ?? false) && (isSign(meant.key) || meant.shift === (keys.shift ?? false))
}

/** Keys as one writes them. */
export function written({ key, ctrl, shift }: Keys, m: Messages): string[] {
  const names: Record<string, string> = { Delete: m.shortcuts.delete, Escape: m.shortcuts.escape, '-': '−' }
  const name = names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return [...(ctrl ? [m.shortcuts.ctrl] : []), ...(shift ? [m.shortcuts.shift] : []), name]
}

/** The first of a command's keys as one writes them; empty where it has none. */
export function keysOf(command: Command, m: Messages, chosen: Shortcuts = {}): string[] {
  const [first] = keysInForce(command, chosen)
  return first ? written(first, m) : []
}
