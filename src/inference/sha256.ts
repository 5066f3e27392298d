/**
 * SHA-256 (FIPS 180-4) of a file as hexadecimal digits. The browser's own where there is one; over plain http, where pages have no `crypto.subtle`, the same in
 * plain JavaScript, so that a damaged model is refused there too.
 */

export async function sha256Of(data: ArrayBuffer): Promise<string> {
  // Typed as always there, but only in secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined
  return hex(subtle ? new Uint8Array(await subtle.digest('SHA-256', data)) : digest(new Uint8Array(data)))
}

/** Without the browser's help: some 100 ms for 10 MB. */
export function digest(message: Uint8Array): Uint8Array {
  const blocks = padded(message)
  const state = Uint32Array.from(INITIAL)
  const schedule = new Uint32Array(64)
  for (let at = 0; at < blocks.byteLength; at += 64) compress(state, schedule, blocks, at)
  const out = new DataView(new ArrayBuffer(32))
  for (const [i, word] of state.entries()) out.setUint32(4 * i, word)
  return new Uint8Array(out.buffer)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The first 32 bits of the fractional parts of square roots of the first primes, as they start the state. */
const PRIMES = primes(64)
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
/** Of cube roots: one constant a round. */
const ROUND = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))

function primes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32)
}

/** A one bit, zeros, and the length in bits, up to whole blocks of 64 bytes. */
function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29))
  view.setUint32(bytes.length - 4, (message.length << 3) >>> 0)
  return view
}

const rotate = (x: number, by: number): number => (x >>> by) | (x << (32 - by))

function compress(state: Uint32Array, w: Uint32Array, blocks: DataView, at: number): void {
  for (let t = 0; t < 16; t++) w[t] = blocks.getUint32(at + 4 * t)
  for (let t = 16; t < 64; t++) {
    const [early, late] = [w[t - 15] as number, w[t - 2] as number]
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    w[t] = (w[t - 16] as number) + s0 + (w[t - 7] as number) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[t] as number) + (w[t] as number)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] as number) + word
}
