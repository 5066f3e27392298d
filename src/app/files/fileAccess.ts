/**
 * Files of the disk that a page may open and write in place (File System Access), as far as the studio needs them. Browsers of Google and Microsoft on computers have it;
 * others open by a copy and save by a download.
 */

type Mode = 'read' | 'readwrite'
type Permission = 'granted' | 'denied' | 'prompt'

/** What is not in every browser's handles. */
export interface FileHandle extends FileSystemFileHandle {
  queryPermission?(options: { readonly mode: Mode }): Promise<Permission>
  requestPermission?(options: { readonly mode: Mode }): Promise<Permission>
}

interface PickerType {
  readonly description: string
  readonly accept: Readonly<Record<string, readonly string[]>>
}

interface Pickers {
  showOpenFilePicker?(options: { readonly types: readonly PickerType[]; readonly id: string }): Promise<readonly FileHandle[]>
  showSaveFilePicker?(options: {
    readonly types: readonly PickerType[]
    readonly suggestedName: string
    readonly id: string
  }): Promise<FileHandle>
}

/** The browser remembers the folder by it. */
const ID = 'face-studio'

const pickers = (): Pickers => globalThis as Pickers

export const canSaveInPlace = (): boolean =>
  typeof pickers().showOpenFilePicker === 'function' && typeof pickers().showSaveFilePicker === 'function'

/** @returns `null` when the person chose none */
export function pickToOpen(description: string): Promise<FileHandle | null> {
  return chosen(async () => (await pickers().showOpenFilePicker?.({ types: [projects(description)], id: ID }))?.[0])
}

export function pickToSave(suggestedName: string, description: string): Promise<FileHandle | null> {
  return chosen(async () => await pickers().showSaveFilePicker?.({ types: [projects(description)], suggestedName, id: ID }))
}

const projects = (description: string): PickerType => ({ description, accept: { 'application/json': ['.json'] } })

async function chosen(pick: () => Promise<FileHandle | undefined>): Promise<FileHandle | null> {
  try {
    return (await pick()) ?? null
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}

/** Asks where the browser does not know yet; only in the turn of a click or key. */
export async function mayUse(handle: FileHandle, mode: Mode): Promise<boolean> {
  if (!handle.queryPermission || !handle.requestPermission) return true
  if ((await handle.queryPermission({ mode })) === 'granted') return true
  return (await handle.requestPermission({ mode })) === 'granted'
}

/** The old content stays until the new one is whole. */
export async function writeText(handle: FileHandle, text: string): Promise<void> {
  const stream = await handle.createWritable()
  try {
    await stream.write(text)
    await stream.close()
  } catch (error) {
    await stream.abort().catch(() => undefined)
    throw error
  }
}
