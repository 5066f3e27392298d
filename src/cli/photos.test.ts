/** Photos on the command line, as a person runs it: a child process on the shipped synthetic person, with tiny models in a temporary folder. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../faces/meanFace'
import { createTestModel, installed } from '../inference/testModel'
import { createPictureModel } from '../inference/testPictureModel'
import { assignFaceParts } from '../storage/exchange/assign'
import { readProject } from '../storage/exchange/project'
import { importSvg } from '../storage/exchange/svg/importSvg'

const command = fileURLToPath(new URL('../../bin/face-studio.mjs', import.meta.url))
const person = readFileSync(new URL('../../public/example/person.jpg', import.meta.url))
const shipped: { models: { role: string; style?: string }[] } = JSON.parse(
  readFileSync(new URL('../../public/models/index.json', import.meta.url), 'utf8'),
)
const SHIPPED_STYLES = shipped.models.flatMap(({ role, style }) => (role === 'picture' && style ? [style] : []))
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'photos-'))
  const made = [
    await createTestModel(),
    await createPictureModel({ id: 'toon', strength: 1 }),
    await createPictureModel({ id: 'line', style: 'drawing', channels: 1 }),
  ]
  for (const { manifest } of made) mkdirSync(path.join(folder, 'models', String(manifest.id)), { recursive: true })
  for (const [file, data] of installed(...made)) writeFileSync(path.join(folder, 'models', file), new Uint8Array(data))
  mkdirSync(path.join(folder, 'in'))
  writeFileSync(path.join(folder, 'in', 'a.jpg'), person)
  writeFileSync(path.join(folder, 'in', 'b.png'), twoOfThem())
  writeFileSync(path.join(folder, 'in', 'wall.png'), wall())
  writeFileSync(path.join(folder, 'in', 'broken.jpg'), person.subarray(0, 900))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const paste = (onto: PNG, left: number, top: number): void => {
  const { width, height, data } = jpeg.decode(person, { useTArray: true })
  for (let y = 0; y < height; y++) onto.data.set(data.subarray(4 * y * width, 4 * (y + 1) * width), 4 * ((top + y) * onto.width + left))
}
const wall = (): Buffer => PNG.sync.write(Object.assign(new PNG({ width: 300, height: 200 }), { data: Buffer.alloc(300 * 200 * 4, 190) }))
function twoOfThem(): Buffer {
  const png = Object.assign(new PNG({ width: 640, height: 320 }), { data: Buffer.alloc(640 * 320 * 4, 160) })
  paste(png, 20, 30)
  paste(png, 350, 30)
  return PNG.sync.write(png)
}

function faceStudio(...args: string[]) {
  const result = spawnSync(process.execPath, [command, ...args], { cwd: folder, timeout: 240_000 })
  return { status: result.status, text: result.stdout.toString(), stderr: result.stderr.toString() }
}
const read = (file: string): Buffer => readFileSync(path.join(folder, file))
const lines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('face-studio contour', () => {
  it('writes the contour of a photo as strokes that know their part, with its look', () => {
    expect(faceStudio('contour', 'in/a.jpg', 'face.json', '--json')).toMatchObject({ status: 0, stderr: '' })
    const { document, look } = readProject(JSON.parse(read('face.json').toString()))
    expect(document.name).toBe('a')
    const parts = new Set(document.strokes.map(({ part }) => part))
    for (const part of ['jaw', 'leftBrow', 'rightBrow', 'nose', 'leftEye', 'rightEye', 'mouth', 'hair']) expect(parts).toContain(part)
    const jaw = document.strokes.find(({ part }) => part === 'jaw')?.points ?? []
    const chinY = Math.max(...jaw.filter((_, i) => i % 3 === 1))
    // The person was drawn over the mean face.
    expect(Math.abs(chinY - (MEAN_LANDMARKS[8]?.[1] ?? 0) * 512)).toBeLessThan(25)
    const [r, g, b] = look.hairColour as [number, number, number]
    expect(Math.max(r, g, b)).toBeLessThan(80)
    expect((look.skinColour as readonly number[])[0]).toBeGreaterThan(120)
  })

  it.each([
    ['contour in/a.jpg face.txt', 'face.txt', '.svg or .json or .png'],
    ['contour in/a.jpg other.json --format svg', 'other.json', '.svg'],
    ['cartoon in/a.jpg face.gif --models models', 'face.gif', '.png'],
    ['cartoon in/a.jpg face.svg --models models', 'face.svg', '.png'],
    ['drawing in/a.jpg face.jpg --models models', 'face.jpg', '.png or .svg'],
  ])('writes no file whose ending promises something else: %s', (asked, name, endings) => {
    expect(faceStudio(...asked.split(' '))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`${name} cannot be written: the name of this result ends in ${endings}\n`),
    })
    expect(readdirSync(folder)).not.toContain(name)
  })

  it('does a folder, says what is doubtful, and goes on after what cannot be used', () => {
    const { status, text, stderr } = faceStudio('contour', 'in', 'out', '--without', 'hair,ears', '--json')
    expect(status).toBe(1)
    expect(readdirSync(path.join(folder, 'out')).sort()).toEqual(['a.svg', 'b.svg'])
    expect(stderr).toContain('b.png: 2 faces')
    expect(stderr).toContain('wall.png: no face was found')
    expect(stderr).toContain('broken.jpg: a damaged JPEG file')
    expect(lines(text).map(({ photo, error }) => [path.basename(String(photo)), error === undefined])).toEqual([
      ['a.jpg', true],
      ['b.png', true],
      ['broken.jpg', false],
      ['wall.png', false],
    ])
    const { strokes } = importSvg(read('out/a.svg').toString(), assignFaceParts)
    expect(strokes.some(({ part }) => part === 'hair')).toBe(false)
    expect(strokes.filter(({ part }) => part === 'leftEye')).toHaveLength(4)
  })
})

describe('face-studio cartoon, drawing', () => {
  it('writes the picture of the model of that style, and says in the file that it is synthetic', () => {
    expect(faceStudio('cartoon', 'in/a.jpg', 'toon.png', '--models', 'models')).toMatchObject({ status: 0, stderr: '' })
    const file = read('toon.png')
    expect(PNG.sync.read(file)).toMatchObject({ width: 32, height: 32 })
    expect(file.toString('latin1')).toContain('Synthetic picture')
    faceStudio('cartoon', 'in/a.jpg', 'none.png', '--models', 'models', '--strength', '0')
    const whole = PNG.sync.read(file).data
    const none = PNG.sync.read(read('none.png')).data
    expect(none).not.toEqual(whole)
    expect(faceStudio('cartoon', 'in/a.jpg', 'edges.png', '--models', 'models', '--radius', '4')).toMatchObject({ status: 0, stderr: '' })
    expect(PNG.sync.read(read('edges.png')).data).not.toEqual(whole)
    faceStudio('drawing', 'in/a.jpg', 'line.png', '--models', 'models')
    const grey = PNG.sync.read(read('line.png')).data
    for (let i = 0; i < grey.length; i += 4) expect(grey[i]).toBe(grey[i + 1])
  })

  it('makes every picture that a shipped model can make, of the shipped person', () => {
    for (const style of SHIPPED_STYLES) {
      expect(faceStudio(style, 'in/a.jpg', `shipped-${style}.png`), style).toMatchObject({ status: 0 })
      const { width, data } = PNG.sync.read(read(`shipped-${style}.png`))
      expect(width, style).toBeGreaterThanOrEqual(128)
      const [dark, light] = [data.filter((value) => value < 80).length, data.filter((value, i) => i % 4 < 3 && value > 175).length]
      expect(Math.min(dark, light) / data.length, `${style} has dark and light places`).toBeGreaterThan(0.02)
    }
  })

  it.runIf(SHIPPED_STYLES.includes('drawing'))('writes the shipped drawing as strokes that the studio reads', () => {
    expect(faceStudio('drawing', 'in/a.jpg', 'strokes.svg')).toMatchObject({ status: 0 })
    expect(importSvg(read('strokes.svg').toString(), assignFaceParts).strokes.length).toBeGreaterThan(20)
  })

  it('refuses what it has no model for, and what it cannot understand', () => {
    expect(faceStudio('anime', 'in/a.jpg', 'x.png', '--models', 'models')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no model for "anime"'),
    })
    expect(faceStudio('cartoon', 'in/a.jpg', 'x.png', '--strength', '7')).toMatchObject({ status: 2 })
    expect(faceStudio('cartoon', 'in/a.jpg', 'x.png', '--radius', '0.5')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--radius must be a whole number from 0 to 8'),
    })
    expect(faceStudio('drawing', 'in/a.jpg', 'x.png', '--radius', '2')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('only a cartoon takes over'),
    })
    expect(faceStudio('contour', 'in', 'toon.png')).toMatchObject({ status: 2, stderr: expect.stringContaining('must be one too') })
    const photo = read('in/b.png')
    expect(faceStudio('contour', 'in/b.png', 'in/b.png')).toMatchObject({ status: 1 })
    expect(read('in/b.png')).toEqual(photo)
    expect(faceStudio('contour', 'nobody.jpg', 'x.svg')).toMatchObject({ status: 66 })
  })
})
