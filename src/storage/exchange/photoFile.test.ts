import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HOSTILE_FILES } from '../../../tests/hostile/files'
import { greyPng } from '../../../tests/hostile/pngBytes'
import { StudioError } from '../../shared/errors'
import { openPhotoFile, PHOTO_LIMITS } from './photoFile'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'latin1'))
const open = (bytes: Uint8Array) => openPhotoFile(new Blob([Uint8Array.from(bytes)]))
const little = (value: number, bytes: number): string =>
  String.fromCharCode(...Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 255))
/** A WebP whose first chunk is this; only its header is looked at. */
function webp(chunk: string, body: string): Uint8Array {
  const rest = `WEBP${chunk}${little(body.length, 4)}${body}`
  return bytesOf(`RIFF${little(rest.length, 4)}${rest}`)
}
const png = (width: number, height: number): Uint8Array => greyPng(width, height, () => 90)

describe('a file that is to be a photo', () => {
  it('is known by its content, with its size and the type by which decoders go', async () => {
    expect(await open(readFileSync(new URL('../../../public/example/person.jpg', import.meta.url)))).toMatchObject({
      width: 256,
      height: 256,
    })
    const opened = await open(png(7, 5))
    expect([opened.width, opened.height, opened.blob.type]).toEqual([7, 5, 'image/png'])
  })

  it('may be a WebP of each kind', async () => {
    const lossy = webp('VP8 ', `\0\0\0\x9d\x01\x2a${little(640, 2)}${little(480, 2)}`)
    const lossless = webp('VP8L', `\x2f${little((640 - 1) | ((480 - 1) << 14), 4)}${'\0'.repeat(8)}`)
    const extended = webp('VP8X', `${'\0'.repeat(4)}${little(639, 3)}${little(479, 3)}`)
    for (const file of [lossy, lossless, extended]) expect(await open(file)).toMatchObject({ width: 640, height: 480 })
    await expect(open(lossy.subarray(0, 28))).rejects.toMatchObject({ code: 'bad-image' })
    await expect(open(webp('ABCD', '\0'.repeat(20)))).rejects.toMatchObject({ code: 'bad-image' })
  })

  it('is refused with a sentence where it is none', async () => {
    const heic = bytesOf(`\0\0\0\x18ftypheic${'\0'.repeat(60)}`)
    await expect(open(heic)).rejects.toMatchObject({ code: 'unknown-file-type', message: expect.stringContaining('HEIC') })
    for (const text of ['', 'hello', '<svg xmlns="x"/>', '{"format":"face-studio-project"}'])
      await expect(open(bytesOf(text)), text).rejects.toMatchObject({
        code: 'unknown-file-type',
        message: expect.stringContaining('JPEG, PNG or WebP'),
      })
  })

  it('never ends otherwise than in a photo of a sensible size or in a sentence, whatever the file', async () => {
    for (const { name, bytes } of HOSTILE_FILES) {
      const outcome = await open(bytes()).catch((error: unknown) => error)
      if (outcome instanceof StudioError) expect(outcome.message.length, name).toBeGreaterThan(20)
      else expect(outcome, name).toMatchObject({ width: expect.any(Number), height: expect.any(Number) })
    }
  })

  it('is refused before it is decoded where it is too large or damaged', async () => {
    const large = webp('VP8X', `${'\0'.repeat(4)}${little(16_000, 3)}${little(16_000, 3)}`)
    await expect(open(large)).rejects.toMatchObject({ code: 'file-too-large', message: expect.stringContaining('megapixels') })
    await expect(openPhotoFile({ size: PHOTO_LIMITS.fileBytes + 1 } as Blob)).rejects.toMatchObject({ code: 'file-too-large' })
    await expect(open(png(40, 40).subarray(0, 50))).rejects.toMatchObject({ code: 'bad-image' })
    const lost = { size: 5, arrayBuffer: () => Promise.reject(new Error('moved')) } as unknown as Blob
    await expect(openPhotoFile(lost)).rejects.toMatchObject({ code: 'bad-image' })
  })
})
