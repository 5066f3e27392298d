/** Folders that are dropped: the browser gives them as entries to be walked through, and only in the drop itself. */

/** More than any data set here has. */
const MOST_FILES = 20_000

/** What was dropped, where a folder is among it; `null` where there are files alone. To be called while the drop is handled. */
export function entriesWithFolders(data: DataTransfer | null): readonly FileSystemEntry[] | null {
  const entries = [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.some(({ isDirectory }) => isDirectory) ? entries : null
}

/** All files in them, each with its place as `webkitRelativePath`, as the picker of folders gives them. What cannot be read is left out. */
export async function filesOf(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = []
  const walk = async (entry: FileSystemEntry): Promise<void> => {
    if (files.length >= MOST_FILES) return
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() => null)
      if (file) files.push(placed(file, entry.fullPath.replace(/^\//, '')))
      return
    }
    if (isFolder(entry)) for (const inside of await contentOf(entry)) await walk(inside)
  }
  for (const entry of entries) await walk(entry)
  return files
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A reader gives a folder in parts, the last one empty. */
async function contentOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => [])
    if (part.length === 0) return all
    all.push(...part)
  }
}

function placed(file: File, path: string): File {
  // A dropped file has an empty path of its own; its property can be given anew.
  Object.defineProperty(file, 'webkitRelativePath', { value: path })
  return file
}
