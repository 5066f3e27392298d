import { describe, expect, it } from 'vitest'
import { entriesWithFolders, filesOf } from './droppedFolders'

const fileEntry = (fullPath: string, isReadable = true): FileSystemEntry =>
  ({
    ...{ isFile: true, isDirectory: false, fullPath },
    file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
      isReadable ? resolve(new File(['x'], fullPath.split('/').at(-1) ?? '')) : reject(new Error('gone')),
  }) as unknown as FileSystemEntry

/** A folder whose content comes in parts of two, as browsers give it in parts of a hundred. */
const folderEntry = (fullPath: string, content: FileSystemEntry[]): FileSystemEntry =>
  ({
    ...{ isFile: false, isDirectory: true, fullPath },
    createReader: () => {
      const left = [...content]
      return { readEntries: (resolve: (part: FileSystemEntry[]) => void) => resolve(left.splice(0, 2)) }
    },
  }) as unknown as FileSystemEntry

const dropOf = (entries: readonly (FileSystemEntry | null)[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer

describe('a folder that is dropped', () => {
  it('is walked through, and each file knows its place', async () => {
    const deep = folderEntry('/ink/A', [
      fileEntry('/ink/A/1.jpg'),
      fileEntry('/ink/A/2.jpg'),
      fileEntry('/ink/A/3.jpg'),
      fileEntry('/ink/A/gone.jpg', false),
    ])
    const entries = entriesWithFolders(dropOf([folderEntry('/ink', [deep, fileEntry('/ink/notes.txt')]), fileEntry('/loose.png'), null]))
    const files = await filesOf(entries ?? [])
    expect(files.map(({ webkitRelativePath }) => webkitRelativePath)).toEqual([
      'ink/A/1.jpg',
      'ink/A/2.jpg',
      'ink/A/3.jpg',
      'ink/notes.txt',
      'loose.png',
    ])
    expect(files[0]?.name).toBe('1.jpg')
  })

  it('is told from files alone', () => {
    expect(entriesWithFolders(dropOf([fileEntry('/a.png')]))).toBeNull()
    expect(entriesWithFolders(dropOf([null]))).toBeNull()
    expect(entriesWithFolders(null)).toBeNull()
  })
})
