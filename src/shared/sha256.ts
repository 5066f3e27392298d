/** SHA-256 (FIPS 180-4), 64 hexadecimal digits, also over plain http, where pages have no `crypto.subtle`. */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** In the very task that asks: for short texts. Some 100 ms for 10 MB. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))
}

/** Of a whole file: by the browser's own where there is one. */
export async function sha256Of(data: ArrayBuffer): Promise<string> {
  // Typed as always there, but only in secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  return subtle ? bytesToHex(new Uint8Array(await subtle.digest('SHA-256', data))) : sha256Hex(new Uint8Array(data))
}
