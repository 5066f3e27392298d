/**
 * A name that every file system takes, without its ending.
 * @param otherwise where nothing of the name is left
 */
export function fileBase(name: string, otherwise = 'sketch'): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 80)
  return plain === '' ? otherwise : plain
}
