/** Names of files that leave the studio. */

/** A name that every file system takes. */
export function fileBase(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 80)
  return plain === '' ? 'sketch' : plain
}

/** The person's own day, `2026-03-10`: in the evening of New York, and in the morning of Auckland, Greenwich has another one. */
export function localDay(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
