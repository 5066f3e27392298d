/**
 * Two slots on the disk, written in turn: whatever moment a program is killed at, one of them holds a whole text. A slot is a line with number, length and
 * checksum, and the text. The files keep their size: a browser asks another process before it lets one grow.
 */

/** What is needed of a file that is written at once, without waiting (`FileSystemSyncAccessHandle`). */
export interface SlotFile {
  getSize(): number
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number
  truncate(size: number): void
}

const HEADER_BYTES = 64
/** Room for some hundred strokes that the database has not confirmed; longer texts grow the file. */
export const SLOT_BYTES = 256 * 1024
const MARK = 'face-studio-ahead-1'

/** FNV-1a, begun with the slot's number: a torn header must not give an old text a new number. */
function checksum(bytes: Uint8Array, number: number): number {
  let hash = Math.imul(0x811c9dc5 ^ number, 0x01000193)
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}

export function encodeSlot(number: number, text: string): Uint8Array<ArrayBuffer> {
  const body = new TextEncoder().encode(text)
  const header = `${MARK} ${number} ${body.length} ${checksum(body, number)}`.padEnd(HEADER_BYTES - 1)
  const bytes = new Uint8Array(HEADER_BYTES + body.length)
  bytes.set(new TextEncoder().encode(`${header}\n`))
  bytes.set(body, HEADER_BYTES)
  return bytes
}

/** `null` for a slot that is empty, torn or damaged. */
export function decodeSlot(bytes: Uint8Array): { number: number; text: string } | null {
  const decoder = new TextDecoder()
  const [mark, number, length, sum] = decoder.decode(bytes.subarray(0, HEADER_BYTES)).trim().split(' ')
  const body = bytes.subarray(HEADER_BYTES, HEADER_BYTES + Number(length))
  if (mark !== MARK || body.length !== Number(length) || checksum(body, Number(number)) !== Number(sum)) return null
  return { number: Number(number), text: decoder.decode(body) }
}

export interface Slots {
  /** When it returns, the text survives whatever happens to this program. @throws when the disk is full */
  write(text: string): void
  clear(): void
}

export function openSlots(files: readonly [SlotFile, SlotFile]): Slots {
  let number = 0
  /** Of all texts that may still lie in a slot. */
  let longest = 0
  for (const file of files) file.truncate(SLOT_BYTES)
  const write = (text: string): void => {
    number++
    const file = files[number % 2 === 0 ? 0 : 1]
    const bytes = encodeSlot(number, text)
    longest = Math.max(longest, bytes.length - HEADER_BYTES)
    const written = file.write(bytes, { at: 0 })
    if (written < bytes.length) throw new DOMException('The disk took only a part.', 'QuotaExceededError')
  }
  return {
    write,
    clear: () => {
      write('')
      // What was drawn does not stay behind a header that says there is nothing, nor in the other slot.
      const blank = new Uint8Array(longest)
      for (const file of files) file.write(blank, { at: HEADER_BYTES })
      longest = 0
    },
  }
}

/** The newest whole text in two slots; empty when there is none. */
export function readSlots(files: readonly SlotFile[]): string {
  return newestOf(
    files.map((file) => {
      const bytes = new Uint8Array(file.getSize())
      file.read(bytes, { at: 0 })
      return bytes
    }),
  )
}

export function newestOf(contents: readonly Uint8Array[]): string {
  const slots = contents.map(decodeSlot)
  return (
    slots.reduce<ReturnType<typeof decodeSlot>>((newest, slot) => (slot && slot.number > (newest?.number ?? 0) ? slot : newest), null)
      ?.text ?? ''
  )
}
