/** Files as one zip, stored as they are: pictures are compressed already. */

import { Zip, ZipPassThrough } from 'fflate'

export function zipFile(files: ReadonlyMap<string, Uint8Array>): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    parts.push(Uint8Array.from(chunk))
  })
  for (const [name, bytes] of files) {
    const file = new ZipPassThrough(name)
    zip.add(file)
    file.push(bytes, true)
  }
  zip.end()
  return new Blob(parts, { type: 'application/zip' })
}
