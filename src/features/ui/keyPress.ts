/**
 * Which key a person means, on any keyboard. A letter is the letter that the layout types; where the layout types another script (Cyrillic,
 * Greek, Arabic, Thai …) it is the key's place on an English keyboard. Signs that need AltGr or Option are plain signs. Keys that an input
 * method takes are nobody's.
 */

export interface KeyPress {
  readonly key: string
  /** Place of the key, as on an English keyboard. */
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  getModifierState?(name: string): boolean
}

/** A key press as shortcuts are written: lower case, Control or Command as one. */
export interface MeantKey {
  readonly key: string
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** Letters, marks and digits that are not of the Latin script: nobody can type a Latin shortcut with them. */
const OTHER_SCRIPT = /^(?:(?![\p{Script=Latin}\p{Script=Common}])[\p{L}\p{M}]|(?![0-9])\p{Nd})+$/u
const SIGN = /^[\p{P}\p{S}]$/u
/** Signs of other scripts that mean the same. */
const SAME_SIGNS: Readonly<Record<string, string>> = { '؟': '?', '？': '?', '［': '[', '］': ']', '＋': '+', '－': '-' }
const PLACES: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Minus: '-', Equal: '=' }

export function meantKey(press: KeyPress): MeantKey {
  const altGraph = press.getModifierState?.('AltGraph') === true
  const ctrl = press.ctrlKey || press.metaKey
  // Windows reports AltGr as Control and Alt, a Mac its Option as Alt: the sign has been typed, and is meant.
  if ((press.altKey || altGraph) && SIGN.test(press.key) && (!ctrl || altGraph || press.altKey)) {
    return { key: press.key, ctrl: false, shift: false, alt: false }
  }
  const alt = press.altKey || altGraph
  return { key: alt ? press.key : latinKey(press), ctrl, shift: press.shiftKey, alt }
}

function latinKey({ key, code = '' }: KeyPress): string {
  if (OTHER_SCRIPT.test(key) || key === 'Unidentified') return keyAt(code) ?? key
  return SAME_SIGNS[key] ?? (key.length === 1 ? key.toLowerCase() : key)
}

function keyAt(code: string): string | null {
  const named = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  return named ? (named[1]?.toLowerCase() ?? named[2] ?? null) : (PLACES[code] ?? null)
}

/** Whether an input method has the key: while it composes, Enter and Escape are its own. 229 is what Safari and old engines say. */
export function isComposing(event: { readonly isComposing: boolean; readonly keyCode: number; readonly key: string }): boolean {
  return event.isComposing || event.keyCode === 229 || event.key === 'Process'
}
