/** Faces kept in a case and made again by the command, a child process: with the shipped model, and with a tiny one for all that can be wrong. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCase, writeLog } from '../cases/caseArchive'
import { writeRequest } from '../cases/requestFile'
import { PLAIN } from '../inference/session'
import { createTestModel, crossSketch, TEST_SIZE_PX } from '../inference/testModel'
import { sha256Hex } from '../shared/sha256'
import type { Backend, GenerateRequest } from '../workers/protocol'
import { writeFace } from './sketchPng'
import { type CaseOfFaces, caseOfFaces, drawnRequests, TEST_PHRASE, TEST_ROUNDS } from './testCase'
import { makeFaces, openFaces, SHIPPED_MODELS } from './testFaces'

const command = fileURLToPath(new URL('../../bin/face-studio.mjs', import.meta.url))
const SIZE = TEST_SIZE_PX
let folder: string
let models: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'face-studio-reproduce-'))
  models = path.join(folder, 'models')
  mkdirSync(path.join(models, 'tiny'), { recursive: true })
  for (const [file, data] of (await createTestModel({ dtype: 'float16' })).files)
    writeFileSync(path.join(models, file), new Uint8Array(data))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function reproduce(args: string[]) {
  const env = { ...process.env, FACE_STUDIO_PASSPHRASE: TEST_PHRASE }
  const result = spawnSync(process.execPath, [command, 'reproduce', ...args], { cwd: folder, env, timeout: 300_000 })
  const text = result.stdout.toString()
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { status: result.status, text, lines, stderr: result.stderr.toString() }
}

async function keep(name: string, { archive }: CaseOfFaces): Promise<string> {
  writeFileSync(path.join(folder, name), await writeCase(archive, TEST_PHRASE, TEST_ROUNDS))
  return name
}

const crossed = (shift: number): GenerateRequest => ({
  revision: 1,
  sketch: crossSketch(SIZE, shift),
  look: { age: 30 + shift, beard: 'full' },
  tolerance: null,
  locality: PLAIN,
})

/** What one session made, with the session gone again. */
async function tinyFaces(backend: Backend, change?: Parameters<typeof caseOfFaces>[2]): Promise<CaseOfFaces> {
  const session = await openFaces(models, 'tiny', backend)
  try {
    return caseOfFaces(session, await makeFaces(session, [crossed(0), crossed(5)]), change)
  } finally {
    session.dispose()
  }
}

describe('face-studio reproduce', () => {
  it('gives the faces of the shipped model again, bit by bit, local edits too', async () => {
    const session = await openFaces(SHIPPED_MODELS, 'live', 'wasm')
    const kept = caseOfFaces(session, await makeFaces(session, drawnRequests(session)))
    session.dispose()
    const file = await keep('live.facecase', kept)
    const { status, lines, stderr } = reproduce([file, '--json', '--out', 'again'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(lines()).toMatchObject(
      [1, 2, 3].map((nth) => ({ version: `v${nth}`, name: `Version ${nth}`, result: 'same', most: 0, backend: 'wasm', kept: 'wasm' })),
    )
    const faces = [1, 2, 3].map((nth) => PNG.sync.read(readFileSync(path.join(folder, `again/v${nth}.png`))).data)
    expect(faces.map((data) => sha256Hex(new Uint8Array(data)))).toEqual(kept.versions.map(({ pixels }) => pixels))
    // Three faces, not one thrice.
    expect(new Set(kept.versions.map(({ pixels }) => pixels)).size).toBe(3)
  }, 300_000)

  it('names versions, takes one of them, and goes over to another back end', async () => {
    const file = await keep('tiny.facecase', await tinyFaces('wasm'))
    expect(reproduce([file, '--models', models])).toMatchObject({
      status: 0,
      text: 'Version 1: same, bit by bit (wasm)\nVersion 2: same, bit by bit (wasm)\n',
    })
    expect(reproduce([file, '--models', models, '--version', 'Version 2', '--json']).lines()).toMatchObject([{ version: 'v2' }])
    expect(reproduce([file, '--models', models, '--version', 'v1', '--json']).lines()).toMatchObject([{ version: 'v1' }])
    const cpu = reproduce([file, '--models', models, '--backend', 'cpu', '--json'])
    expect(cpu.status).toBe(0)
    for (const line of cpu.lines()) {
      expect(line).toMatchObject({ backend: 'cpu', kept: 'wasm' })
      expect(line.most).toBeLessThanOrEqual(1)
    }
    const unknown = reproduce([file, '--models', models, '--version', 'Nobody'])
    expect(unknown).toMatchObject({ status: 2, text: '' })
    expect(unknown.stderr).toMatch(/no version "Nobody"; there is Version 1 \(v1\), Version 2 \(v2\)/)
  })

  it('uses the back end that a face was kept on', async () => {
    const file = await keep('cpu.facecase', await tinyFaces('cpu'))
    expect(reproduce([file, '--models', models, '--json']).lines()).toMatchObject([
      { result: 'same', backend: 'cpu', kept: 'cpu' },
      { result: 'same', backend: 'cpu', kept: 'cpu' },
    ])
  })

  it('finds one changed pixel by one step of one channel', async () => {
    const session = await openFaces(models, 'tiny', 'wasm')
    const [face] = await makeFaces(session, [crossed(0)])
    session.dispose()
    if (!face) throw new Error('no face')
    const pixels = new Uint8ClampedArray(face.pixels)
    pixels[40] = (pixels[40] ?? 0) + ((pixels[40] ?? 0) < 255 ? 1 : -1)
    const file = await keep('pixel.facecase', caseOfFaces(session, [{ ...face, pixels, png: writeFace(pixels, SIZE) }]))
    const result = reproduce([file, '--models', models])
    expect(result.status).toBe(1)
    expect(result.text).toBe('Version 1: DIFFERENT, by up to 1/255 (kept on wasm, made again on wasm)\n')
  })

  it('finds a picture that is not the one whose pixels the log names, and a request of another face', async () => {
    const other = crossed(5)
    const first = await tinyFaces('wasm')
    const picture = writeFace(new Uint8ClampedArray(4 * SIZE * SIZE).fill(255), SIZE)
    const request = writeRequest(other, SIZE)
    const swapped = await tinyFaces('wasm', (_version, nth) =>
      nth === 0 ? { face: sha256Hex(picture) } : { request: sha256Hex(writeRequest(crossed(9), SIZE)) },
    )
    const files = new Map(swapped.archive.files)
    files.set(sha256Hex(picture), new Uint8Array(picture))
    files.set(sha256Hex(writeRequest(crossed(9), SIZE)), writeRequest(crossed(9), SIZE))
    expect(first.versions[1]?.request).toBe(sha256Hex(request))
    const file = await keep('swapped.facecase', { ...swapped, archive: { ...swapped.archive, files } })
    const { status, lines } = reproduce([file, '--models', models, '--json'])
    expect(status).toBe(1)
    const [one, two] = lines()
    expect(one).toMatchObject({ result: 'unreadable', why: expect.stringContaining('not the one whose pixels the log names') })
    expect(two.result).toBe('different')
    expect(two.most).toBeGreaterThan(2)
  })

  it('says where the model has changed since, or is not there', async () => {
    const changed = await tinyFaces('wasm', ({ model }, nth) => ({
      model: model && (nth === 0 ? { ...model, weights: [...model.weights.slice(1), 'f'.repeat(64)] } : { ...model, id: '../tiny' }),
    }))
    const file = await keep('model.facecase', changed)
    const { status, text } = reproduce([file, '--models', models])
    expect(status).toBe(1)
    expect(text).toBe(
      'Version 1: cannot be made again: the model "tiny" has changed since\nVersion 2: cannot be made again: the model "../tiny" is not installed\n',
    )
    expect(reproduce([file, '--models', models, '--json']).lines()).toMatchObject([{ result: 'otherModel' }, { result: 'otherModel' }])
  })

  it('tells of versions without a face, and of a log, which has none', async () => {
    const none = { face: null, request: null, pixels: null, model: null }
    const partly = await tinyFaces('wasm', (_version, nth) => (nth === 0 ? none : {}))
    const file = await keep('partly.facecase', partly)
    expect(reproduce([file, '--models', models])).toMatchObject({
      status: 0,
      text: 'Version 1: no face was kept with it\nVersion 2: same, bit by bit (wasm)\n',
    })
    expect(reproduce([file, '--models', models, '--version', 'v1'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no version has a face'),
    })
    writeFileSync(path.join(folder, 'log.json'), writeLog(partly.archive.entries))
    expect(reproduce(['log.json'])).toMatchObject({ status: 1, text: '', stderr: expect.stringContaining('this is a log alone') })
    expect(reproduce(['missing.facecase']).status).toBe(66)
  })
})
