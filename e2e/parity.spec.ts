/**
 * The generators against their PyTorch twins on WebGL and WebGPU, where the browser has them; cpu and wasm are compared by the unit tests.
 * A software adapter computes the same, only slowly.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import { readGolden } from '../src/models/golden'
import { NETWORKS } from '../src/models/networks'

const TOLERANCE = 1e-4
const GENERATORS = Object.keys(NETWORKS).filter((family) => family !== 'patchGan')
const folder = new URL('../tests/golden/', import.meta.url)
const files = readdirSync(folder).filter((file) => GENERATORS.some((family) => file.startsWith(`${family}-`)))

async function bundlePage(): Promise<string> {
  const result = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      lib: { entry: fileURLToPath(new URL('./parity/page.ts', import.meta.url)), formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[]
  return result[0]?.output[0].code ?? ''
}

/** A page of the same secure origin, without the studio, on one back end. */
async function openPage(page: Page, address: string, backend: 'webgl' | 'webgpu'): Promise<void> {
  const script = await bundlePage()
  await page.route(`${address}*`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({ contentType: 'text/html', body: '<!doctype html><script type="module" src="page.js"></script>' }),
  )
  await page.goto(`${address}page.html`)
  await page.waitForFunction(() => 'parityPage' in window)
  const { outcome, detail } = await page.evaluate((name) => window.parityPage.setUp(name), backend)
  test.skip(outcome === 'unavailable', `${backend}: ${detail}`)
  expect(outcome, detail).toBe('ready')
}

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`the generators equal their twins on ${backend}`, async ({ page, baseURL }) => {
    // Without a graphics card every shader is computed and compiled on the processor.
    test.setTimeout(600_000)
    await openPage(page, `${baseURL}/parity/`, backend)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const golden = readGolden(readFileSync(new URL(file, folder), 'utf8'))
      for (const form of ['differentiable', 'inference'] as const) {
        const difference = await page.evaluate(([data, name]) => window.parityPage.compare(data, name), [golden, form] as const)
        expect(difference, `${file}, ${form} layers`).toBeLessThan(TOLERANCE)
      }
    }
  })
}

test('a lost WebGL context is reported', async ({ page, baseURL }) => {
  await openPage(page, `${baseURL}/parity/`, 'webgl')
  expect(await page.evaluate(() => window.parityPage.loseContext())).toContain('lost')
})
