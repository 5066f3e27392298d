/** Training in a real browser, by the worker's client: a run that moves, pauses, outlives its page and its worker, and becomes a model that paints. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { PNG } from 'pngjs'
import { build, type Rolldown } from 'vite'
import { decodeFloat16 } from '../src/inference/float16'
import type { TrainingEvent } from '../src/workers/trainingProtocol'
import studio from '../vite.config'
import { dropFile } from './support/studio'

let bundle: Map<string, { type: string; body: Buffer }> | null = null

/** The page, its workers and the files of the wasm back end, by name. */
async function bundled(): Promise<Map<string, { type: string; body: Buffer }>> {
  const { output } = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    base: './',
    resolve: studio.resolve ?? {},
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: fileURLToPath(new URL('./training/page.ts', import.meta.url)), output: { entryFileNames: 'page.js' } },
    },
  })) as Rolldown.RolldownOutput
  const types: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm' }
  return new Map(
    output.map((file) => [
      file.fileName,
      {
        type: types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
        body: Buffer.from(file.type === 'chunk' ? file.code : file.source),
      },
    ]),
  )
}

/** A page of the same origin, without the studio. */
async function openPage(page: Page, baseURL: string): Promise<void> {
  bundle ??= await bundled()
  const files = bundle
  await page.route(`${baseURL}/training/**`, (route) => {
    const name = new URL(route.request().url()).pathname.replace('/training/', '')
    const file = files.get(name)
    if (file) return route.fulfill({ contentType: file.type, body: file.body })
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="page.js"></script>' })
  })
  await page.goto(`${baseURL}/training/`)
  await page.waitForFunction(() => 'trainingPage' in window)
}

const events = (page: Page) => page.evaluate(() => window.trainingPage.events)
const kindsOf = (all: readonly TrainingEvent[]) => all.map((event) => ('step' in event ? `${event.kind} ${event.step}` : event.kind))

test('a run tells what it does, keeps it, and becomes a model that paints', async ({ page, baseURL }) => {
  test.setTimeout(300_000)
  await openPage(page, baseURL ?? '')
  const description = await page.evaluate(() => window.trainingPage.client.describe())
  expect(description.methods.map(({ id }) => id)).toEqual(['cartoon', 'cycleGan', 'portraitDrawing'])
  const set = await page.evaluate(() => window.trainingPage.makeSet(4, 256))
  const estimate = await page.evaluate(
    (id) => window.trainingPage.client.estimate(window.trainingPage.options(id, { steps: 100, controls: { adversarialFromStep: 40 } })),
    set,
  )
  expect(estimate.backend).toBe('wasm')
  expect(estimate.steps).toBe(100)
  expect(estimate.stepMs).toBeGreaterThan(1)
  const { runId, outcome } = await page.evaluate(async (id) => {
    const { client, options } = window.trainingPage
    const { runId, rest } = await client.start(options(id, {}))
    return { runId, outcome: await rest }
  }, set)
  expect(outcome).toEqual({ rest: 'steps', step: 6 })
  const told = await events(page)
  expect(kindsOf(told)).toEqual([
    ...['preparing', 'preparing', 'preparing', 'started 0', 'sample 0', 'progress 1', 'progress 2', 'progress 3', 'sample 3'],
    ...['progress 4', 'progress 5', 'progress 6', 'sample 6', 'checkpoint 6'],
  ])
  const losses = told.flatMap((event) => (event.kind === 'progress' ? [Object.keys(event.losses).sort().join()] : []))
  expect(losses.slice(0, 2)).toEqual(['pair', 'pair'])
  expect(losses[2]).toBe('pair,surface,surfaceJudge,texture,textureJudge,variation')
  // The shipped model brings its discriminators.
  expect(told.find((event) => event.kind === 'started')).toMatchObject({ fresh: [] })
  const row = await page.evaluate((id) => window.trainingPage.run(id), runId)
  expect(row).toMatchObject({ state: 'finished', step: 6, error: null })
  expect(row.figures.map(({ step }) => step)).toEqual([0, 3, 6])
  expect(row.figures[2]?.l1).toBeLessThan(row.figures[0]?.l1 ?? 0)
  expect(await page.evaluate((id) => window.trainingPage.samples(id), runId)).toEqual(
    [0, 3, 6].map((step) => ({ step, names: ['real_A', 'fake_B', 'real_B'] })),
  )
  const modelId = await page.evaluate((id) => window.trainingPage.client.saveModel(id, 'Mine'), runId)
  const colours = await page.evaluate((id) => window.trainingPage.paint(id), modelId)
  expect(colours.every((value) => value > 0 && value < 255)).toBe(true)
  const folder = await unzippedInto(
    test.info().outputPath('models'),
    await page.evaluate((id) => window.trainingPage.exported(id), modelId),
  )
  expect(path.basename(folder)).toBe('Mine')
  const picture = path.join(folder, '..', 'person.png')
  execFileSync(process.execPath, [
    'bin/face-studio.mjs',
    'cartoon',
    'public/example/person.jpg',
    picture,
    '--model',
    folder,
    '--backend',
    'wasm',
  ])
  expect(PNG.sync.read(readFileSync(picture))).toMatchObject({ width: 256, height: 256 })
  await checkPytorch(folder)
  expect(await page.evaluate((id) => window.trainingPage.comings(id), modelId)).toEqual([['Mine'], ['Mine again', 'Mine'], ['Mine again']])
  // Beside the shipped ones, on a photo.
  await page.goto(`${baseURL}/?backend=wasm#photos`)
  const photos = page.getByRole('dialog', { name: 'Photos' })
  await expect(photos).toBeVisible()
  await dropFile(page, { name: 'Ada.jpg', mime: 'image/jpeg', bytes: readFileSync('public/example/person.jpg') })
  await photos.getByRole('button', { name: 'Mine again', exact: true }).click()
  await expect(page.getByRole('img', { name: 'Cartoon of Ada' })).toBeVisible({ timeout: 90_000 })
})

async function unzippedInto(folder: string, base64: string): Promise<string> {
  const files = Object.entries(unzipSync(Buffer.from(base64, 'base64')))
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
  return path.join(folder, path.dirname(files[0]?.[0] ?? ''))
}

/** To PyTorch and out again: the same golden output. Where there is no PyTorch, the pipeline's own tests have to do. */
async function checkPytorch(folder: string): Promise<void> {
  const known = ['python3', '/usr/bin/python3'].find(hasTorch)
  if (!known) {
    test.info().annotations.push({ type: 'left out', description: 'no PyTorch here' })
    return
  }
  const python = (...args: string[]) => execFileSync(known, args, { stdio: 'pipe' })
  const [checkpoint, again] = [path.join(folder, '..', 'start.pt'), path.join(folder, '..', 'again')]
  python('-m', 'pipeline.import_weights', folder, checkpoint, '--method', 'cartoon')
  const script =
    'import sys; from pathlib import Path; from pipeline.export import export; export(Path(sys.argv[1]), Path(sys.argv[2]), {"en": "Again", "zh": "Again"}, "float16", role="picture")'
  python('-c', script, checkpoint, again)
  const [browser, twin] = [folder, again].map((of) => goldenOf(of)) as [Float32Array, Float32Array]
  expect(browser.length).toBe(64 * 64 * 3)
  const largest = browser.reduce((most, value, i) => Math.max(most, Math.abs(value - (twin[i] as number))), 0)
  expect(largest).toBeLessThan(2e-3)
}

function hasTorch(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import torch'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

function goldenOf(folder: string): Float32Array {
  const { golden } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
    golden: { outputs: Record<string, { byteOffset: number }> }
  }
  const bytes = readFileSync(path.join(folder, 'golden.bin'))
  const { byteOffset = 0 } = Object.values(golden.outputs)[0] ?? {}
  return decodeFloat16(new Uint16Array(bytes.buffer.slice(bytes.byteOffset + byteOffset, bytes.byteOffset + bytes.length)))
}

for (const [method, kind, losses] of [
  [
    'cycleGan',
    'unpaired',
    ['adversarialAB', 'adversarialBA', 'cycleAB', 'cycleBA', 'discriminatorA', 'discriminatorB', 'identityAB', 'identityBA'],
  ],
  ['portraitDrawing', 'pairs', ['adversarial', 'distance', 'judges', 'l1', 'local', 'localAdversarial']],
] as const)
  test(`the method ${method} learns from nothing and becomes a model that paints`, async ({ page, baseURL }) => {
    test.setTimeout(300_000)
    await openPage(page, baseURL ?? '')
    const modelId = await page.evaluate(
      async ([id, how]) => {
        const { client, options, makeSet } = window.trainingPage
        const set = await makeSet(3, 128, how)
        const size = { sizePx: 64, cropPx: 64, steps: 3, sampleEverySteps: 3, parent: null, controls: { adversarialFromStep: 0 } }
        const { runId, rest } = await client.start(options(set, { method: id, ...size }))
        await rest
        return client.saveModel(runId, 'Mine')
      },
      [method, kind] as const,
    )
    const told = await events(page)
    const first = told.find((event) => event.kind === 'progress')
    expect(first?.kind === 'progress' && Object.keys(first.losses).sort()).toEqual(losses)
    expect(kindsOf(told).at(-1)).toBe('checkpoint 3')
    const zip = unzipSync(Buffer.from(await page.evaluate((id) => window.trainingPage.exported(id), modelId), 'base64'))
    expect(Object.keys(zip)).toContain('Mine/manifest.json')
    // It is loaded with its golden output compared; a drawing also wants a face.
    if (method === 'cycleGan')
      expect((await page.evaluate((id) => window.trainingPage.paint(id), modelId)).every(Number.isFinite)).toBe(true)
  })

test('a run that is paused, whose worker or whose page is killed, goes on with the same next losses', async ({ page, baseURL }) => {
  test.setTimeout(300_000)
  await openPage(page, baseURL ?? '')
  const set = await page.evaluate(() => window.trainingPage.makeSet(3, 256))
  const lossesOf = async () => {
    const told = await events(page)
    return new Map(told.flatMap((event) => (event.kind === 'progress' ? [[event.step, event.losses] as const] : [])))
  }
  // A run that nothing happens to.
  await page.evaluate(async (id) => {
    const { client, options } = window.trainingPage
    await (await client.start(options(id, {}))).rest
  }, set)
  const whole = await lossesOf()
  expect([...whole.keys()]).toEqual([1, 2, 3, 4, 5, 6])

  // The same, paused after the second step.
  const runId = await page.evaluate(async (id) => {
    const { client, options, events } = window.trainingPage
    events.length = 0
    const stop = client.onEvent((_, event) => {
      if (event.kind === 'progress' && event.step === 2) void client.pause()
    })
    const { runId, rest } = await client.start(options(id, {}))
    await rest
    stop()
    return runId
  }, set)
  const paused = await page.evaluate((id) => window.trainingPage.run(id), runId)
  expect(paused.state).toBe('paused')
  expect(paused.step).toBeGreaterThanOrEqual(2)
  const before = await lossesOf()

  // On, and its worker is ended two steps later, without a word.
  const failure = await page.evaluate(async (id) => {
    const { client } = window.trainingPage
    let steps = 0
    const stop = client.onEvent((_, event) => {
      if (event.kind === 'progress' && ++steps === 2) client.dispose()
    })
    const failed = await client.resume(id).then(
      () => 'rested',
      () => 'ended',
    )
    stop()
    return failed
  }, runId)
  expect(failure).toBe('ended')

  // On, and the page is closed while it trains.
  await page.evaluate(async (id) => {
    const { client } = window.trainingPage
    const moved = new Promise<void>((resolve) => client.onEvent((_, event) => event.kind === 'progress' && resolve()))
    await Promise.race([moved, client.resume(id)])
  }, runId)
  const killed = await lossesOf()
  await page.reload()
  await page.waitForFunction(() => 'trainingPage' in window)
  expect((await page.evaluate((id) => window.trainingPage.run(id), runId)).state).toBe('running')
  const outcome = await page.evaluate((id) => window.trainingPage.client.resume(id), runId)
  expect(outcome).toEqual({ rest: 'steps', step: 6 })
  const after = await lossesOf()
  // From the pause's checkpoint each time, and to the last bit.
  expect([...after.keys()][0]).toBe(paused.step + 1)
  for (const [step, losses] of [...before, ...killed, ...after]) expect(losses, `step ${step}`).toEqual(whole.get(step))
})
