/** Files of the command line: read whole and no more than is allowed, written whole or not at all. */

import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { StudioError } from '../shared/errors'

/** A phone's scan, not an attack; pipes and devices end here. */
const MOST_BYTES = 64 * 2 ** 20

/** A file that cannot be opened, apart from one that cannot be used. */
export class InputError extends Error {}

export async function readWhole(source: string | Readable, mostBytes = MOST_BYTES): Promise<Uint8Array> {
  const stream = typeof source === 'string' ? createReadStream(source) : source
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Uint8Array)
      length += (chunk as Uint8Array).length
      if (length > mostBytes) throw new StudioError('file-too-large', `larger than ${mostBytes / 2 ** 20} MB`)
    }
  } catch (error) {
    if (error instanceof StudioError) throw error
    throw new InputError(systemReason(error))
  } finally {
    stream.destroy()
  }
  return Buffer.concat(chunks)
}

/**
 * Into a new file beside the old one, which takes its place only when it is complete: a full disk leaves what was there, and another name of the same
 * file (a hard link) keeps its contents. What is no plain file (a pipe, a device) is written to.
 * @param inputs files that must not be replaced
 */
export async function writeWhole(file: string, data: Uint8Array, inputs: readonly string[]): Promise<void> {
  for (const input of inputs) {
    if (await isSameFile(input, file)) throw new StudioError('bad-request', `the face would overwrite the sketch (${file})`)
  }
  try {
    const target = await realpath(file).catch(() => file)
    const known = await stat(target).catch(() => null)
    if (known && !known.isFile()) await writeFile(target, data)
    else await replaceFile(target, data, known?.mode ?? null)
  } catch (error) {
    throw new StudioError('bad-request', `${file} cannot be written: ${systemReason(error)}`, { cause: error })
  }
}

async function replaceFile(target: string, data: Uint8Array, mode: number | null): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(data)
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (mode !== null) await chmod(temporary, mode & 0o777)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** One file by two names, hard links included. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([stat(a), stat(b)])
    return one.isFile() && one.dev === other.dev && one.ino === other.ino
  } catch {
    return false // One of them does not exist.
  }
}

/** What the operating system says, in words. */
export function systemReason(error: unknown): string {
  const reasons: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'part of its path is no folder',
    ENOSPC: 'no space left',
    EROFS: 'the file system is read-only',
    EPIPE: 'its reader is gone',
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}
