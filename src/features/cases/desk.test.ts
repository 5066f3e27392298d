import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { drawingAfter } from '../../cases/drawingLog'
import { readPayload } from '../../cases/entries'
import { emptyDocument, type SketchDocument, type Stroke } from '../../editor/document'
import type { WitnessLink } from '../../shared/witnessLink'
import { BLANK } from '../../shared/witnessMessages'
import { caseLibrary } from '../../storage/cases'
import { openIndexedDatabase } from '../../storage/indexedDatabase'
import { freshDatabaseName, lockTable } from '../../storage/testing'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { createCaseDesk } from './desk'
import type { CasesPort, PageFace, PagePort } from './deskTypes'

const stroke = (id: string): Stroke => ({
  id,
  part: 'jaw',
  partIsChosen: false,
  widthPx: 2,
  usesPressure: false,
  points: [1, 2, 0.5, 3, 4, 0.5],
})
const FACE: PageFace = {
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
function createPage() {
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

async function setUp() {
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

async function inSession() {
  const set = await setUp()
  const desk = createCaseDesk(set.port())
  await desk.create({ number: '1', operator: 'Mara' })
  await desk.startSession(desk.addWitness('A', ''))
  await desk.keepStep('freeRecall', 'a long face', [])
  return { ...set, desk }
}

const kindsOf = (desk: ReturnType<typeof createCaseDesk>): string[] => desk.current().entries.map(({ kind }) => kind)

describe('a session of a case', () => {
  it('hides the mean face, and enters every stroke in its own task', async () => {
    const { desk, draw, store } = await inSession()
    expect(store.getState().underlay).toBe(0)
    expect(desk.mayDraw()).toBe(true)
    draw('a')
    draw('b')
    expect(kindsOf(desk).slice(-2)).toEqual(['change', 'change'])
    await desk.current().flush()
    expect(drawingAfter(desk.current().entries, 'sketch-1')?.strokes.map(({ id }) => id)).toEqual(['a', 'b'])
    expect((await desk.verify())?.log.intact).toBe(true)
  })

  it('enters that the mean face was shown, and a dial where it comes to rest', async () => {
    const { desk, store } = await inSession()
    const before = desk.current().entries.length
    store.setState({ underlay: 0.6 })
    for (const age of [31, 35, 44]) store.setState({ look: { age } })
    await new Promise((done) => setTimeout(done, 500))
    const settings = desk
      .current()
      .entries.slice(before)
      .map(({ kind, text }) => kind === 'setting' && readPayload('setting', text))
    expect(settings).toEqual([
      { name: 'look', value: { age: 44 } },
      { name: 'underlay', value: 0.6 },
    ])
  })

  it('records nothing of another sketch, and says so', async () => {
    const { desk, draw, page } = await inSession()
    draw('a')
    const before = desk.current().entries.length
    await page.startNew()
    draw('private')
    expect(desk.store.getState().recording?.isAway).toBe(true)
    expect(desk.current().entries).toHaveLength(before)
    await desk.backToDrawing()
    expect(desk.store.getState().recording?.isAway).toBe(false)
  })

  it('goes on after the page was killed, and finds what it could not enter any more', async () => {
    const { desk, draw, library, port, saved } = await inSession()
    draw('a')
    await desk.current().flush()
    // The browser dies, and a stroke comes back with its sketch that the log has not seen.
    const next = createPage()
    const sketch = saved.get('sketch-1') as SketchDocument
    next.saved.set('sketch-1', { ...sketch, strokes: [...sketch.strokes, stroke('late')] })
    const again = createCaseDesk({ ...port(next.page), library: { ...library, lock: async () => () => undefined } })
    await again.enter()
    expect(again.store.getState().recording).toMatchObject({ sketchId: 'sketch-1', isAway: false })
    expect(kindsOf(again).slice(-2)).toEqual(['sessionResumed', 'change'])
    expect(readPayload('change', again.current().entries.at(-1)?.text ?? '')).toMatchObject({ found: true, insert: [{ id: 'late' }] })
    expect((await again.verify())?.log.intact).toBe(true)
  })

  it('takes its drawing out of the sketch database when it ends, and keeps it in the log', async () => {
    const { desk, draw, saved } = await inSession()
    draw('a')
    await desk.endSession()
    expect(saved.has('sketch-1')).toBe(false)
    expect(desk.store.getState().recording).toBeNull()
    expect(drawingAfter(desk.current().entries, 'sketch-1')?.strokes).toHaveLength(1)
  })
})

/** A window that shows what it is told to, at once. */
function windowThat() {
  const shown: string[] = []
  const named: (string | undefined)[] = []
  const make = (name?: string): WitnessLink => {
    named.push(name)
    const state = { isThere: true, isShown: true, view: BLANK }
    const link: Pick<WitnessLink, 'name' | 'state' | 'subscribe' | 'open' | 'show' | 'close'> = {
      name: name ?? 'window-1',
      state,
      subscribe: () => () => undefined,
      open: () => true,
      show: (view) => void shown.push(view.kind),
      close: () => void shown.push('closed'),
    }
    return link as WitnessLink
  }
  return { make, shown, named }
}

describe('the witness’s window', () => {
  async function withWindow(encode?: CasesPort['encode']) {
    const set = await setUp()
    const window = windowThat()
    const port: CasesPort = { ...set.port(), witnessLink: window.make, ...(encode ? { encode } : {}) }
    const desk = createCaseDesk(port)
    await desk.create({ number: '1', operator: 'Mara' })
    await desk.startSession(desk.addWitness('A', ''))
    await desk.keepStep('freeRecall', 'a long face', [])
    desk.openWitness()
    return { ...set, ...window, port, desk }
  }

  it('is blank at once when nothing is to be shown, and a picture that comes later stays away', async () => {
    let finish: (png: Uint8Array<ArrayBuffer>) => void = () => undefined
    const { desk, shown } = await withWindow(() => new Promise((resolve) => (finish = resolve)))
    const showing = desk.showWitness('greyFace')
    const hiding = desk.showWitness('blank')
    expect(shown).toEqual(['blank'])
    finish(new Uint8Array(4))
    await Promise.all([showing, hiding])
    expect(shown).toEqual(['blank'])
    expect(kindsOf(desk).filter((kind) => kind === 'shown')).toHaveLength(1)
  })

  it('is found again after a reload, blank, and forgotten when it was closed', async () => {
    const { desk, port, library, named } = await withWindow()
    await desk.current().flush()
    const enter = async () => {
      const again = createCaseDesk({ ...port, library: { ...library, lock: async () => () => undefined } })
      await again.enter()
      return again
    }
    const again = await enter()
    expect(named).toEqual([undefined, 'window-1'])
    expect(again.store.getState().witness).toEqual({ isThere: true, isShown: true, shown: 'blank' })
    again.closeWitness()
    await enter()
    expect(named).toHaveLength(2)
  })
})

describe('versions of a case', () => {
  it('hang on the one before, are drawn on from any, and are made again bit by bit', async () => {
    const { desk, draw, page, store } = await inSession()
    draw('a')
    const first = await desk.keepVersion('One')
    draw('b')
    await desk.keepVersion('Two')
    await desk.drawOnFrom(first ?? '')
    expect(page.scene().document.strokes.map(({ id }) => id)).toEqual(['a'])
    draw('c')
    await desk.keepVersion('Other')
    const { versions } = desk.current().state
    expect(versions.map(({ name, parent }) => [name, versions.find(({ version }) => version === parent)?.name])).toEqual([
      ['One', undefined],
      ['Two', 'One'],
      ['Other', 'One'],
    ])
    const [one] = versions
    if (!one) throw new Error('no version')
    expect(await desk.reproduce(one)).toEqual({ result: 'same', most: 0 })
    store.setState({ pixels: FACE.pixels.map((value, i) => (i === 0 ? value + 1 : value)) })
    expect(await desk.reproduce(one)).toEqual({ result: 'different', most: 1 })
  })
})

describe('the whole case', () => {
  it('leaves with its file, is wiped, and comes back verified', async () => {
    const { desk, draw, files, library, saved } = await inSession()
    draw('a')
    await desk.keepVersion('One')
    expect(await desk.exportCase('seven quiet herons')).toBe(true)
    const { id } = desk.current()
    expect(await desk.wipe(id)).toEqual([])
    expect(await library.list()).toEqual([])
    expect(saved.has('sketch-1')).toBe(false)
    const file = files.get('case-1.facecase')
    if (!file) throw new Error('no file')
    expect(await desk.importCase(file, 'wrong phrase')).toBe(false)
    expect(await desk.importCase(file, 'seven quiet herons')).toBe(true)
    await desk.openCase(id)
    expect(await desk.verify()).toMatchObject({ log: { intact: true }, files: [] })
    expect(desk.current().state.versions.map(({ name }) => name)).toEqual(['One'])
    expect(await desk.importCase(file, 'seven quiet herons')).toBe(false)
  })

  it('asks for its pass phrase once it is encrypted', async () => {
    const { desk } = await inSession()
    await desk.endSession()
    const { id } = desk.current()
    expect(await desk.protect('seven quiet herons')).toBe(true)
    await desk.closeCase()
    await desk.openCase(id)
    expect(desk.store.getState()).toMatchObject({ open: null, locked: { id, goesOn: false } })
    await desk.openCase(id, 'seven quiet heron')
    expect(desk.store.getState().open).toBeNull()
    await desk.openCase(id, 'seven quiet herons')
    expect(desk.store.getState().open?.isEncrypted).toBe(true)
  })
})
