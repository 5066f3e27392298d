import { describe, expect, it, vi } from 'vitest'
import { en } from '../../features/ui/i18n/en'
import type { Messages } from '../../features/ui/i18n/messages'
import { createToasts } from '../../features/ui/toasts'
import { openDiskFiles, readRecent } from './diskFiles'
import type { FileHandle } from './fileAccess'

/** A file of a disk, as a browser hands it out. */
class DiskFile {
  readonly kind = 'file'
  readonly name: string
  text: string
  isGone = false
  allows = true
  constructor(name: string, text = '') {
    this.name = name
    this.text = text
  }
  getFile = async (): Promise<File> => {
    if (this.isGone) throw new DOMException('not there', 'NotFoundError')
    return new File([this.text], this.name)
  }
  isSameEntry = async (other: unknown): Promise<boolean> => other === this
  queryPermission = async () => 'prompt' as const
  requestPermission = async () => (this.allows ? ('granted' as const) : ('denied' as const))
  createWritable = async () => {
    let written = ''
    return {
      write: async (text: string) => {
        written += text
      },
      close: async () => {
        this.text = written
      },
      abort: async () => undefined,
    }
  }
}

async function desk(picked: DiskFile | null) {
  vi.stubGlobal('showOpenFilePicker', async () => {
    if (!picked) throw new DOMException('nobody chose', 'AbortError')
    return [picked]
  })
  vi.stubGlobal('showSaveFilePicker', async () => picked)
  const kept = new Map<string, unknown>()
  const onError = vi.fn<(error: unknown) => void>()
  const state = { sketchId: 'page-1', drawing: 'one', imported: 0 }
  const files = await openDiskFiles({
    settings: { get: async (key) => kept.get(key), getAll: async () => ({}), set: async (key, value) => void kept.set(key, value) },
    toasts: createToasts(),
    messages: () => en.messages as Messages,
    sketchId: () => state.sketchId,
    project: async () => ({ text: state.drawing, fileName: 'anna.json' }),
    importFile: async (file) => {
      state.drawing = await file.text()
      state.imported++
      state.sketchId = `imported-${state.imported}`
    },
    isSame: async (id, text) => id === state.sketchId && text === state.drawing,
    openSketch: async (id) => {
      state.sketchId = id
    },
    onError,
  })
  return { files, state, kept, onError }
}

describe('files of the disk', () => {
  it('are asked for once, and written in place from then on', async () => {
    const file = new DiskFile('anna.json')
    const { files, state } = await desk(file)
    expect(files.hasFile()).toBe(false)
    await files.save()
    expect(file.text).toBe('one')
    expect(files.hasFile()).toBe(true)
    vi.stubGlobal('showSaveFilePicker', async () => {
      throw new Error('nobody is asked again')
    })
    state.drawing = 'two'
    await files.save()
    expect(file.text).toBe('two')
  })

  it('are opened, remembered for their sketch, and written back', async () => {
    const file = new DiskFile('ben.json', 'drawn elsewhere')
    const { files, state, kept } = await desk(file)
    await files.open()
    expect(state).toMatchObject({ sketchId: 'imported-1', drawing: 'drawn elsewhere' })
    expect(readRecent(kept.get('$recentFiles'))).toMatchObject([{ name: 'ben.json', sketchId: 'imported-1' }])
    state.drawing = 'drawn on'
    await files.save()
    expect(file.text).toBe('drawn on')
  })

  it('bring the sketch that is here already, and a new one where the file has changed', async () => {
    const file = new DiskFile('ben.json', 'same')
    const { files, state } = await desk(file)
    await files.open()
    const [recent] = files.store.getState().recent
    if (!recent) throw new Error('expected a recent file')
    await files.openRecent(recent)
    expect(state).toMatchObject({ sketchId: 'imported-1', imported: 1 })
    file.text = 'changed by another program'
    await files.openRecent(recent)
    expect(state).toMatchObject({ sketchId: 'imported-2', drawing: 'changed by another program' })
    expect(files.store.getState().recent).toHaveLength(1)
  })

  it('that are gone or not allowed are said to be so; the gone are forgotten', async () => {
    const file = new DiskFile('ben.json', 'x')
    const { files, onError } = await desk(file)
    await files.open()
    const [recent] = files.store.getState().recent
    if (!recent) throw new Error('expected a recent file')
    file.allows = false
    await files.save()
    expect(onError).toHaveBeenLastCalledWith(expect.objectContaining({ message: expect.stringContaining('not allowed') }))
    expect(file.text).toBe('x')
    file.allows = true
    file.isGone = true
    await files.openRecent(recent)
    expect(onError).toHaveBeenLastCalledWith(expect.objectContaining({ message: en.messages.files.gone }))
    expect(files.store.getState().recent).toEqual([])
  })

  it('are nobody’s business when the person closes the picker', async () => {
    const { files, state, onError } = await desk(null)
    await files.open()
    expect(state.imported).toBe(0)
    expect(onError).not.toHaveBeenCalled()
  })

  it('come out of the database as they went in, and nothing else does', () => {
    const handle = new DiskFile('a.json') as unknown as FileHandle
    expect(
      readRecent([{ handle, name: 'a.json', sketchId: 'x' }, { name: 'b' }, null, { handle: {}, name: 'c', sketchId: 'y' }]),
    ).toHaveLength(1)
    expect(readRecent('nonsense')).toEqual([])
  })
})
