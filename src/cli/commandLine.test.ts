/** The command as a person runs it: a child process, with a tiny model in a temporary folder. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meanFaceLines } from '../editor/modelInk'
import { rasterize } from '../editor/rasterizer'
import { about, applyToFlat, IDENTITY, type Similarity } from '../faces/similarity'
import { createTestModel, crossSketch, installed, TEST_SIZE_PX, TOLERANT_CONFIG } from '../inference/testModel'

const command = fileURLToPath(new URL('../../bin/face-studio.mjs', import.meta.url))
const SIZE = TEST_SIZE_PX
let folder: string
let models: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'face-studio-'))
  models = path.join(folder, 'models')
  for (const id of ['tiny', 'fine']) mkdirSync(path.join(models, id), { recursive: true })
  const fine = await createTestModel({ id: 'fine', role: 'fine', config: TOLERANT_CONFIG, dtype: 'int8' })
  const files = installed(await createTestModel({ dtype: 'float16' }), fine)
  for (const [file, data] of files) writeFileSync(path.join(models, file), new Uint8Array(data))
  writeFileSync(path.join(folder, 'cross.png'), picture(crossSketch(SIZE)))
  writeFileSync(path.join(folder, 'other.png'), picture(crossSketch(SIZE, 5)))
  writeFileSync(path.join(folder, 'text.png'), 'not a picture')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function picture(grey: Uint8ClampedArray, sizePx = SIZE): Uint8Array {
  const png = new PNG({ width: sizePx, height: sizePx })
  for (const [i, value] of grey.entries()) png.data.set([value, value, value, 255], 4 * i)
  return PNG.sync.write(png)
}

function faceStudio(args: string[], input?: Uint8Array) {
  const result = spawnSync(process.execPath, [command, ...args], { cwd: folder, ...(input ? { input } : {}), timeout: 120_000 })
  return { status: result.status, stdout: result.stdout, text: result.stdout.toString(), stderr: result.stderr.toString() }
}

const generate = (args: string[], input?: Uint8Array) => faceStudio(['generate', '--models', models, ...args], input)
const face = (file: string) => PNG.sync.read(readFileSync(path.join(folder, file)))

describe('face-studio', () => {
  it('writes a face that follows sketch and look', () => {
    expect(generate(['cross.png', 'face.png', '--no-placement'])).toMatchObject({ status: 0, text: '', stderr: '' })
    expect(face('face.png')).toMatchObject({ width: SIZE, height: SIZE })
    // What made it stands in the file.
    const file = readFileSync(path.join(folder, 'face.png'), 'utf8')
    const weights = createHash('sha256')
      .update(readFileSync(path.join(models, 'tiny/weights-1.bin')))
      .digest('hex')
    for (const said of ['Model\0\0\0\0\0tiny', weights, 'Sketch\0\0\0\0\0cross.png', 'Look\0\0\0\0\0{', 'no evidence'])
      expect(file).toContain(said)
    expect(generate(['other.png', 'other-face.png']).status).toBe(0)
    expect(face('other-face.png').data).not.toEqual(face('face.png').data)
    expect(generate(['cross.png', 'old.png', '--look', '{"age":80,"beard":"full"}']).status).toBe(0)
    expect(face('old.png').data).not.toEqual(face('face.png').data)
  })

  it('brings a drawing to its place and says so, leaves it where that is not wanted, and warns of what is hardly a face', () => {
    const drawn = (name: string, lines: readonly (readonly number[])[]): string => {
      writeFileSync(path.join(folder, name), picture(rasterize(lines, 512), 512))
      return name
    }
    const moved = (by: Similarity) => meanFaceLines().map((line) => applyToFlat(by, line, 3))
    drawn('mean.png', moved(IDENTITY))
    const away = drawn('away.png', moved(about([256, 290], 0.8, 10, [40, 0])))
    drawn('line.png', [[20, 30, 2, 480, 500, 2]])
    const { status, stderr, text } = generate(['mean.png', away, 'line.png', '--out', 'placed', '--json'])
    expect(status).toBe(0)
    const [inPlace, placed, warned] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(inPlace).toMatchObject({ placement: null, warning: null })
    expect(placed.placement.scale).toBeCloseTo(1.25, 1)
    expect(warned.warning).toMatch(/hardly looks like a face/)
    expect(stderr).toMatch(
      /^face-studio: away\.png: placed: .*left.*° anticlockwise, 1\.2\d×.*\nface-studio: line\.png: this hardly looks like a face.*\n$/,
    )
    expect(generate([away, 'left.png', '--no-placement']).stderr).toBe('')
    const difference = (file: string): number => {
      const [one, other] = [face(file).data, face('placed/mean.png').data]
      return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0)
    }
    expect(difference('placed/away.png')).toBeLessThan(0.5 * difference('left.png'))
  })

  it('tells what it did as JSON', () => {
    const { status, text } = generate(['cross.png', 'json.png', '--json', '--model', 'tiny'])
    expect(status).toBe(0)
    const line = JSON.parse(text)
    expect(line).toMatchObject({ sketch: 'cross.png', file: 'json.png', model: 'tiny', backend: 'wasm', sizePx: SIZE })
    expect(line.elapsedMs).toBeGreaterThan(0)
  })

  it('gives the same face on cpu, up to rounding', () => {
    expect(generate(['cross.png', 'wasm.png']).status).toBe(0)
    expect(generate(['cross.png', 'cpu.png', '--backend', 'cpu', '--no-placement'])).toMatchObject({ status: 0, stderr: '' })
    const [a, b] = [face('wasm.png').data, face('cpu.png').data]
    expect(a.every((value, i) => Math.abs(value - (b[i] ?? 0)) <= 1)).toBe(true)
  })

  it('reads the lines of another model as loosely as it is told', () => {
    const withFine = (file: string, ...more: string[]) => generate(['cross.png', file, '--model', 'fine', '--no-placement', ...more])
    expect(withFine('fine.png')).toMatchObject({ status: 0, stderr: '' })
    expect(withFine('as-default.png', '--tolerance', 'jaw=0.5,eyes=0.1').status).toBe(0)
    expect(withFine('loose.png', '--tolerance', 'jaw=1,rest=1').status).toBe(0)
    expect(face('as-default.png').data).toEqual(face('fine.png').data)
    expect(face('loose.png').data).not.toEqual(face('fine.png').data)
  })

  it('works in a pipe', () => {
    const { status, stdout, stderr } = generate(['-', '-', '--no-placement'], picture(crossSketch(SIZE)))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    generate(['cross.png', 'piped.png', '--no-placement'])
    expect(PNG.sync.read(stdout).data).toEqual(face('piped.png').data)
  })

  it('serves a batch, goes on after a bad picture and says so in its status', () => {
    const { status, text, stderr } = generate([
      'cross.png',
      'text.png',
      'missing.png',
      'other.png',
      '--out',
      'made/faces',
      '--json',
      '--no-placement',
    ])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^face-studio: text\.png: not a PNG or JPEG file\nface-studio: missing\.png: no such file/)
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ file, error }) => file ?? error.code)).toEqual([
      'made/faces/cross.png',
      'bad-image',
      'internal',
      'made/faces/other.png',
    ])
    expect(readdirSync(path.join(folder, 'made/faces')).sort()).toEqual(['cross.png', 'other.png'])
  })

  it.each<[string, number, RegExp, string[]]>([
    ['no command', 2, /a command is missing\nTry/, []],
    ['an unknown option', 2, /--colour/, ['generate', '--colour']],
    ['an unknown model', 2, /there is no model "nobody"; there is tiny, fine/, ['generate', 'cross.png', 'x.png', '--model', 'nobody']],
    ['an unknown look', 2, /there is no look "nobody"/, ['generate', 'cross.png', 'x.png', '--look', 'nobody']],
    ['a tolerance of no part', 2, /--tolerance has no "chin"/, ['generate', 'cross.png', 'x.png', '-m', 'fine', '-t', 'chin=1']],
    ['a tolerance that the model does not take', 2, /no tolerance map/, ['generate', 'cross.png', 'x.png', '--tolerance', 'jaw=1']],
    ['a missing sketch', 66, /missing\.png: no such file/, ['generate', 'missing.png', 'x.png']],
    ['a folder in place of a sketch', 66, /it is a folder/, ['generate', 'models', 'x.png']],
    ['a sketch that is none', 1, /text\.png: not a PNG/, ['generate', 'text.png', 'x.png']],
    ['a face over its own sketch', 1, /would overwrite the sketch/, ['generate', 'cross.png', './cross.png']],
    ['a face in a folder that is missing', 1, /cannot be written: no such file or folder/, ['generate', 'cross.png', 'none/x.png']],
  ])('ends with %s in status %i', (_, status, message, args) => {
    const result = faceStudio(args.length > 0 ? [...args, '--models', models] : [])
    expect(result.stderr).toMatch(message)
    expect(result.stderr.startsWith('face-studio: ')).toBe(true)
    expect(result.text).toBe('')
    expect(result.status).toBe(status)
  })

  it('says which models and looks there are', () => {
    expect(faceStudio(['models', '--models', models]).text).toBe(
      [
        `tiny (default): Tiny, live, ${SIZE} px`,
        '  looks: plain',
        '  tolerance: none, every line counts',
        `fine: Tiny, fine, ${SIZE} px`,
        '  looks: plain',
        '  tolerance: jaw=0.5,brows=0.1,eyes=0.1,nose=0.1,mouth=0.1,rest=0.5\n',
      ].join('\n'),
    )
    const lines = faceStudio(['models', '--models', models, '--json']).text.trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: 'tiny', default: true, role: 'live', looks: ['plain'], tolerance: null },
      { id: 'fine', default: false, role: 'fine', looks: ['plain'], tolerance: { jaw: 0.5 } },
    ])
  })

  it('explains itself', () => {
    const help = faceStudio(['--help'])
    expect(help).toMatchObject({ status: 0, stderr: '' })
    expect(help.text).toMatch(/^Usage:[\s\S]*--look[\s\S]*Exit status/)
    expect(faceStudio(['--version']).text).toMatch(/^face-studio \d+\.\d+\.\d+\n$/)
  })

  it('refuses a damaged model', () => {
    const broken = path.join(folder, 'broken')
    cpSync(models, broken, { recursive: true })
    writeFileSync(path.join(broken, 'tiny/weights-1.bin'), new Uint8Array(10))
    const result = faceStudio(['generate', 'cross.png', 'x.png', '--models', broken])
    expect(result).toMatchObject({ status: 1 })
    expect(result.stderr).toMatch(/weights-1\.bin is damaged/)
  })
})
