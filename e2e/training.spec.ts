/** Training in a real browser, by the worker's client: a run that moves, pauses, outlives its page and its worker, and becomes a model that paints. */
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import type { TrainingEvent } from '../src/workers/trainingProtocol'
import studio from '../vite.config'

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
  await openPage(page, baseURL ?? '')
  const description = await page.evaluate(() => window.trainingPage.client.describe())
  expect(description.methods.map(({ id }) => id)).toContain('cartoon')
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
