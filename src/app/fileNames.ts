/** Names of files that leave the studio. */

export { fileBase } from '../shared/fileBase'

/** The person's own day, `2026-03-10`: in the evening of New York, and in the morning of Auckland, Greenwich has another one. */
export function localDay(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
