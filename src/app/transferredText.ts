/** Text that is dropped or pasted: SVG and our own JSON are drawings, also as text. */

/** Enough of a text to see what it is. */
const HEAD = 2_000

/** @param read the text of a type, empty when there is none; @returns the drawing as a file, or `null` */
export function drawingIn(read: (type: string) => string): File | null {
  for (const type of ['image/svg+xml', 'text/plain', 'text/html']) {
    const text = read(type)
    const head = text.slice(0, HEAD).trimStart()
    const isSvg = head.startsWith('<') && head.toLowerCase().includes('<svg') && type !== 'text/html'
    if (isSvg || /^<(?:\w+:)?svg[\s>]/iu.test(head)) return new File([text.trim()], 'svg', { type: 'image/svg+xml' })
    if (head.startsWith('{') && head.includes('"face-studio-')) return new File([text], 'json', { type: 'application/json' })
  }
  return null
}

/** Where text is typed: a paste or drop there is the field's own. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'range', 'color', 'file', 'submit'].includes(target.type)
}
