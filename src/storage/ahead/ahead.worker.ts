/**
 * The write-ahead log on the disk: records of this page → a file of its own in the origin's private file system, written before the call is answered.
 * A file belongs to the page that has it open; one that nobody has open was left by a page that is gone.
 */

import { newId } from '../../shared/ids'
import type { AheadAnswer, AheadCall, AheadRequest } from './aheadMessages'
import { type PackedRecord, writeRecords } from './aheadRecord'
import { newestOf, openSlots, readSlots, type Slots } from './slots'

const SLOTS = ['.0', '.1'] as const
/** A page that was just killed may hold its files for a moment longer. */
const PATIENCE_MS = 400
const PAUSE_MS = 50

const own = newId()
const records = new Map<string, PackedRecord>()
let folder: FileSystemDirectoryHandle | undefined
let slots: Slots | undefined
let left: { name: string; handles: FileSystemSyncAccessHandle[] }[] = []

async function openHandle(name: string): Promise<FileSystemSyncAccessHandle> {
  if (!folder) throw new Error('The log is not open.')
  return await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle()
}

async function open(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory()
  folder = await root.getDirectoryHandle(name, { create: true })
  slots = openSlots([await openHandle(`${own}${SLOTS[0]}`), await openHandle(`${own}${SLOTS[1]}`)])
}

function writeAll(): void {
  if (!slots) throw new Error('The log is not open.')
  if (records.size === 0) slots.clear()
  else slots.write(writeRecords([...records.values()]))
}

/** Takes over what pages that are gone have left. */
async function recover(): Promise<string[]> {
  if (!folder) return []
  const names = new Set<string>()
  for await (const name of folder.keys()) if (!name.startsWith(own)) names.add(name.replace(/\.[01]$/, ''))
  const texts: string[] = []
  for (const name of names) {
    const handles = await takeOver(name)
    if (!handles) continue
    left.push({ name, handles })
    const text = readSlots(handles)
    if (text !== '') texts.push(text)
  }
  return texts
}

/** `null` when the page lives. */
async function takeOver(name: string): Promise<FileSystemSyncAccessHandle[] | null> {
  for (let waited = 0; ; waited += PAUSE_MS) {
    const handles: FileSystemSyncAccessHandle[] = []
    try {
      for (const slot of SLOTS) handles.push(await openHandle(`${name}${slot}`))
      return handles
    } catch {
      for (const handle of handles) handle.close()
      // A page that lives and has nothing unconfirmed need not be waited for.
      if (waited >= PATIENCE_MS || (await isEmpty(name))) return null
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

async function isEmpty(name: string): Promise<boolean> {
  const contents = SLOTS.map(async (slot) => {
    const file = await (await folder?.getFileHandle(`${name}${slot}`))?.getFile()
    return new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0))
  })
  return newestOf(await Promise.all(contents)) === ''
}

async function forget(): Promise<void> {
  for (const { name, handles } of left) {
    for (const handle of handles) handle.close()
    for (const slot of SLOTS) await folder?.removeEntry(`${name}${slot}`)
  }
  left = []
}

/** `put` and `drop` are answered without waiting for anything: they are done when this returns. */
function perform(request: AheadRequest): Promise<readonly string[] | undefined> | undefined {
  switch (request.kind) {
    case 'open':
      return open(request.folder).then(() => undefined)
    case 'put':
      records.set(request.record.sketchId, request.record)
      writeAll()
      return undefined
    case 'drop':
      if (records.delete(request.sketchId)) writeAll()
      return undefined
    case 'recover':
      return recover()
    case 'forget':
      return forget().then(() => undefined)
  }
}

self.addEventListener('message', ({ data: { call, request } }: MessageEvent<AheadCall>) => {
  const answer = (isDone: boolean, texts: readonly string[] = []): void => {
    self.postMessage({ call, isDone, texts } satisfies AheadAnswer)
  }
  try {
    const pending = perform(request)
    if (!pending) answer(true)
    else
      pending.then(
        (texts) => answer(true, texts),
        () => answer(false),
      )
  } catch {
    answer(false)
  }
})
