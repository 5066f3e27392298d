/** A desk without a browser for the tests of case mode: a page, a database, settings. */

import 'fake-indexeddb/auto'
import { createStore } from 'zustand/vanilla'
import { emptyDocument, type SketchDocument, type Stroke } from '../../editor/document'
import { caseLibrary } from '../../storage/cases'
import { openIndexedDatabase } from '../../storage/indexedDatabase'
import { freshDatabaseName, lockTable } from '../../storage/testing'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { createCaseDesk } from './desk'
import type { CasesPort, PageFace, PagePort } from './deskTypes'

export const stroke = (id: string): Stroke => ({
  id,
  part: 'jaw',
  partIsChosen: false,
  widthPx: 2,
  usesPressure: false,
  points: [1, 2, 0.5, 3, 4, 0.5],
})
export const FACE: PageFace = {
  pixels: Uint8ClampedArray.from({ length: 4 * 4 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i)),
  sizePx: 4,
  madeBy: { model: 'live', weights: ['ab'], look: null },
  request: {
    revision: 3,
    sketch: new Uint8ClampedArray(16).fill(255),
    look: { age: 30 },
    tolerance: null,
    locality: { hold: null, lockOutside: false, reference: null, region: null },
  },
}

/** A page that is drawn on by the test. */
export function createPage() {
  let count = 0
  const saved = new Map<string, SketchDocument>()
  const store = createStore(() => ({ document: emptyDocument('before'), underlay: 0.6, look: { age: 30 } as object, pixels: FACE.pixels }))
  const take = (document: SketchDocument): boolean => {
    saved.set(document.id, document)
    store.setState({ document })
    return true
  }
  const page: PagePort = {
    scene: () => {
      const { document, underlay, look } = store.getState()
      const settings = { look, tolerance: {}, locality: 'plain', standIns: true, underlay, placement: { a: 1, b: 0, dx: 0, dy: 0 } }
      return { document, settings, model: { id: 'live', weights: ['ab'], backend: 'wasm' } }
    },
    subscribe: (listener) => store.subscribe(listener),
    startNew: async () => take(emptyDocument(`sketch-${++count}`)),
    open: async (id) => {
      const document = saved.get(id)
      return document ? take(document) : false
    },
    adopt: async (document) => take(document),
    face: () => FACE,
    isSettled: () => true,
    setUnderlay: (on) => store.setState({ underlay: on ? 0.6 : 0 }),
    generate: async () => ({ ...FACE, pixels: store.getState().pixels, backend: 'wasm' }),
    models: () => [],
    purge: async (ids) => {
      for (const id of ids) saved.delete(id)
    },
    traces: async () => [],
    show: () => undefined,
  }
  const draw = (id: string): void => {
    const { document } = store.getState()
    take({ ...document, strokes: [...document.strokes, stroke(id)] })
  }
  return { page, draw, saved, store }
}

export async function setUp() {
  const library = caseLibrary(await openIndexedDatabase(freshDatabaseName()), lockTable(), null)
  const settings = new Map<string, unknown>()
  const drawn = createPage()
  const files = new Map<string, Blob>()
  const port = (page = drawn.page): CasesPort => ({
    library,
    page,
    settings: { get: async (key) => settings.get(key), set: async (key, value) => void settings.set(key, structuredClone(value)) },
    toasts: createToasts(),
    messages: () => messagesOf('en'),
    download: (blob, name) => void files.set(name, blob),
    confirm: async () => true,
    encode: async (pixels) => new Uint8Array(pixels),
    decode: async (png) => new Uint8ClampedArray(png),
    now: () => new Date('2026-11-28T04:00:00Z'),
    witnessLink: () => {
      throw new Error('no window in this test')
    },
    sketchPng: async () => new Uint8Array(),
    film: () => undefined,
  })
  return { library, settings, files, port, ...drawn }
}

export async function inSession() {
  const set = await setUp()
  const desk = createCaseDesk(set.port())
  await desk.create({ number: '1', operator: 'Mara' })
  await desk.startSession(desk.addWitness('A', ''))
  await desk.keepStep('freeRecall', 'a long face', [])
  return { ...set, desk }
}

export const kindsOf = (desk: ReturnType<typeof createCaseDesk>): string[] => desk.current().entries.map(({ kind }) => kind)
