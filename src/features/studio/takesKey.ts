/** Which controls keep a key to themselves. */

/** Text fields take every key; sliders, lists and menus their own arrows. */
export function takesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement && !['radio', 'checkbox', 'color', 'range'].includes(target.type)) return true
  if (target.closest('[role="menu"]')) return true
  return key.startsWith('Arrow') && (target instanceof HTMLInputElement || target.closest('[role="slider"], [role="toolbar"]') !== null)
}
