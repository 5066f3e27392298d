/** The photos under a folder and the names that their faces get. */

import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'

/** Read. */
const PHOTO = /\.(jpe?g|png)$/i
/** Pictures that this command cannot read; they are reported, other files are not. */
const OTHER_PICTURE = /\.(webp|heic|heif|gif|bmp|tiff?|avif|dng|cr2|nef|arw)$/i

/** Picture files under `folder`, sorted, as paths relative to it with `/`. Hidden files and folders are left out. */
export function listPictures(folder: string): { photos: string[]; others: string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((file) => !file.split('/').some((part) => part.startsWith('.')))
    .sort()
  return { photos: files.filter((file) => PHOTO.test(file)), others: files.filter((file) => OTHER_PICTURE.test(file)) }
}

/** A name for a photo's face: its path without the ending, in letters that every file system and address takes; unlike all of `taken` (lower case). */
export function faceName(file: string, taken: ReadonlySet<string>): string {
  const stem = file.slice(0, file.length - path.posix.extname(file).length)
  const plain = stem.replaceAll('/', '-').replace(/[^\w-]/g, '_')
  const isExact = stem === plain && !taken.has(plain.toLowerCase())
  return isExact ? plain : `${plain}-${createHash('sha256').update(file).digest('hex').slice(0, 8)}`
}
