import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { drawingAfter } from '../../cases/drawingLog'
import { readPayload } from '../../cases/entries'
import type { SketchDocument } from '../../editor/document'
import { createCaseDesk } from './desk'

import { createPage, FACE, inSession, kindsOf, stroke } from './testing'

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

  it('is not ended by a second way in, and begins once', async () => {
    const { desk, port, library } = await inSession()
    await desk.current().flush()
    const again = createCaseDesk({ ...port(), library: { ...library, lock: async () => () => undefined } })
    await Promise.all([again.enter(), again.enter()])
    await again.openCase(desk.current().id)
    expect(again.store.getState().recording).not.toBeNull()
    expect(kindsOf(again).filter((kind) => kind === 'sessionResumed')).toHaveLength(1)
    expect(kindsOf(again)).not.toContain('sessionEnded')
  })

  it('that ended without its drawing being taken away comes back to that', async () => {
    const { desk, draw, port, library, saved, settings } = await inSession()
    draw('a')
    const kept = settings.get('$caseInHand')
    const sketch = saved.get('sketch-1') as SketchDocument
    await desk.endSession()
    expect(settings.get('$caseInHand')).toBeNull()
    // As if the page had been killed after the entry.
    settings.set('$caseInHand', kept)
    saved.set('sketch-1', sketch)
    const again = createCaseDesk({ ...port(), library: { ...library, lock: async () => () => undefined } })
    await again.enter()
    expect(again.store.getState().recording).toBeNull()
    expect(saved.has('sketch-1')).toBe(false)
    expect(settings.get('$caseInHand')).toBeNull()
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
    await desk.openCase(id, 'seven quiet herons')
    expect(desk.current().isEncrypted).toBe(true)
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
