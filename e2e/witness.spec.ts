/** The window for a witness: what an operator's page lets it show, and nothing else. The operator's side is the studio's own link, bundled into another page of the same origin. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { build, type Rolldown } from 'vite'
import { violations } from './support/axe'
import { servePlainly } from './support/plainServer'
import { face } from './support/studio'

const PICTURE = readFileSync(new URL('../public/icon-192.png', import.meta.url)).toString('base64')
const FACE_REMARK = 'A type likeness, not a photograph of a person'
let operatorScript: string

test.beforeAll(async () => {
  const result = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      lib: { entry: fileURLToPath(new URL('./witness/operator.ts', import.meta.url)), formats: ['es'] },
    },
  })) as Rolldown.RolldownOutput[]
  operatorScript = result[0]?.output[0].code ?? ''
})

/** An operator's page beside `witness.html`. @param address of the folder */
async function openOperator(context: BrowserContext, address: string): Promise<Page> {
  await context.route(`${address}operator.*`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: operatorScript })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><title>Operator</title><script type="module" src="operator.js"></script><button id="open">Open</button><button id="zh">Open in Chinese</button>',
        }),
  )
  const page = await context.newPage()
  await page.goto(`${address}operator.html`)
  await page.waitForFunction(() => 'operatorPage' in window)
  return page
}

async function openWitness(operator: Page, button: 'open' | 'zh' = 'open'): Promise<Page> {
  const opening = operator.context().waitForEvent('page')
  await operator.locator(`#${button}`).click()
  const witness = await opening
  await expect.poll(() => state(operator)).toMatchObject({ isThere: true })
  return witness
}

const state = (operator: Page) => operator.evaluate(() => window.operatorPage.state())
const showPicture = (operator: Page, caption: string, isFace: boolean) =>
  operator.evaluate(([png, words, face]) => window.operatorPage.picture(png, words, face), [PICTURE, caption, isFace] as const)

const picture = (witness: Page) => witness.getByRole('img')

/** Pixels of the canvas, and how much of the window it has. */
const drawn = (witness: Page) =>
  witness.evaluate(() => {
    const canvas = document.querySelector('canvas')
    if (!canvas || canvas.width === 0) return null
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    const colours = new Set<number>()
    for (let i = 0; i < data.length; i += 400) colours.add((data[i] ?? 0) * 65536 + (data[i + 1] ?? 0) * 256 + (data[i + 2] ?? 0))
    const { width, height } = canvas.getBoundingClientRect()
    return { px: canvas.width, colours: colours.size, share: Math.min(width, height) / Math.min(innerWidth, innerHeight) }
  })

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [device, viewport] of [
    ['desktop', { width: 960, height: 900 }],
    ['phone', { width: 390, height: 780 }],
  ] as const) {
    test.describe(`${colorScheme}, ${device}`, () => {
      test.use({ colorScheme, viewport })

      test('shows a blank surface, a picture, a face with its remark, and a blank again', async ({ context, baseURL }) => {
        const operator = await openOperator(context, `${baseURL}/`)
        const refused: string[] = []
        context.on('console', (message) => {
          if (/Content Security Policy|Refused to/i.test(message.text())) refused.push(message.text())
        })
        const witness = await openWitness(operator)
        await witness.setViewportSize(viewport)
        await expect(picture(witness)).toHaveCount(0)
        await expect(witness.locator('main :visible')).toHaveText(['Picture'])
        expect(await witness.locator('h1').evaluate((heading) => heading.clientWidth)).toBeLessThanOrEqual(1)
        await expect(witness.getByRole('button')).toHaveText('Full screen (F)')
        expect(await violations(witness), 'blank').toEqual([])

        await showPicture(operator, 'The drawing so far', false)
        await expect(witness.getByText('The drawing so far')).toBeVisible()
        await expect(witness.getByText(FACE_REMARK)).toBeHidden()
        expect(await violations(witness), 'picture').toEqual([])

        await showPicture(operator, '', true)
        await expect(witness.getByText(FACE_REMARK)).toBeVisible()
        await expect(witness.getByText('The drawing so far')).toHaveCount(0)
        await expect(picture(witness)).toHaveAccessibleName('Picture')
        const seen = await drawn(witness)
        expect(seen?.px).toBe(192)
        expect(seen?.colours).toBeGreaterThan(3)
        expect(seen?.share).toBeGreaterThan(0.8)
        expect(await violations(witness), 'face').toEqual([])
        await expect.poll(() => state(operator)).toMatchObject({ isThere: true, isShown: true })
        // Nothing hangs out of the window, and words do not lie under the button.
        expect(await witness.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        const [words, button] = [await witness.locator('.remark').boundingBox(), await witness.getByRole('button').boundingBox()]
        if (!words || !button) throw new Error('not laid out')
        expect(words.x + words.width <= button.x || words.y + words.height <= button.y).toBe(true)

        await operator.evaluate(() => window.operatorPage.blank())
        await expect(picture(witness)).toHaveCount(0)
        expect(await drawn(witness)).toBeNull()
        expect(refused).toEqual([])
      })
    })
  }
}

test('speaks Chinese, goes to the full screen and back, and keeps nothing', async ({ context, baseURL }) => {
  const operator = await openOperator(context, `${baseURL}/`)
  const requests: string[] = []
  const witness = await openWitness(operator, 'zh')
  witness.on('request', (request) => requests.push(request.url()))
  await showPicture(operator, '第一版', true)
  await expect(witness.getByText('类型相似像，并非真人照片')).toBeVisible()
  await expect(witness.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  expect(await violations(witness)).toEqual([])

  const isFull = () => witness.evaluate(() => document.fullscreenElement !== null)
  await witness.keyboard.press('f')
  await expect.poll(isFull).toBe(true)
  await expect(witness.getByRole('button')).toBeHidden()
  await witness.keyboard.press('f')
  await expect.poll(isFull).toBe(false)
  await witness.getByRole('button', { name: '全屏' }).click()
  await expect.poll(isFull).toBe(true)
  await witness.keyboard.press('f')
  await expect.poll(isFull).toBe(false)

  // It asks the network for nothing but its icon, and leaves nothing behind.
  expect(requests.filter((url) => !url.endsWith('/icon.svg'))).toEqual([])
  const kept = await witness.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    stored: localStorage.length + sessionStorage.length,
    cookies: document.cookie,
  }))
  expect(kept).toEqual({ databases: 0, caches: 0, stored: 0, cookies: '' })
})

test('the operator sees it come and go, and a window without an operator is blank', async ({ context, baseURL }) => {
  const operator = await openOperator(context, `${baseURL}/`)
  await showPicture(operator, 'Version 1', true)
  const first = await openWitness(operator)
  await expect(first.getByText('Version 1')).toBeVisible()
  await first.close()
  await expect.poll(() => state(operator)).toMatchObject({ isThere: false, isShown: false })

  // Opened again it shows the present view, after a reload too.
  const second = await openWitness(operator)
  await expect(second.getByText('Version 1')).toBeVisible()
  await second.reload()
  await expect(second.getByText('Version 1')).toBeVisible()
  await expect.poll(() => state(operator)).toMatchObject({ isThere: true, isShown: true })

  // The operator's page is left: at once nothing is shown.
  await operator.goto('about:blank')
  await expect(picture(second)).toHaveCount(0)
  expect(await drawn(second)).toBeNull()
})

test('goes blank some seconds after an operator’s page that has died', async ({ context, baseURL }) => {
  const operator = await openOperator(context, `${baseURL}/`)
  await showPicture(operator, 'Version 1', true)
  const witness = await openWitness(operator)
  await expect(witness.getByText('Version 1')).toBeVisible()
  // As a page that hangs: it answers no more, and its link says nothing.
  void operator.evaluate(() => {
    const until = Date.now() + 9_000
    while (Date.now() < until);
  })
  await witness.waitForTimeout(2_000)
  await expect(picture(witness)).toHaveCount(1)
  await expect(picture(witness)).toHaveCount(0, { timeout: 6_000 })
  // It was only slow: the view comes back with it.
  await expect(witness.getByText('Version 1')).toBeVisible({ timeout: 15_000 })
})

test('closes when the operator says so, and tells nothing at an address that nobody made', async ({ context, page, baseURL }) => {
  const operator = await openOperator(context, `${baseURL}/`)
  const witness = await openWitness(operator)
  const closed = witness.waitForEvent('close')
  await operator.evaluate(() => window.operatorPage.close())
  await closed
  await page.goto(`${baseURL}/witness.html`)
  await expect(page.getByText('This window is opened from a case in Face Studio.')).toBeVisible()
  await expect(page.getByRole('button')).toBeHidden()
  expect(await violations(page)).toEqual([])
})

test('is sent with the policy, and is small', async ({ page, baseURL }) => {
  const bytes: number[] = []
  page.on('response', async (response) => {
    if (response.url().includes('assets/')) bytes.push((await response.body()).length)
  })
  const response = await page.goto(`${baseURL}/witness.html`)
  expect(response?.headers()['content-security-policy']).toContain("default-src 'none'")
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain("script-src 'self'")
  await page.waitForLoadState('networkidle')
  expect(bytes.length).toBeGreaterThan(0)
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(16_000)
})

test.describe('on a plain host under a sub-path', () => {
  test.use({ serviceWorkers: 'allow' })

  test('it opens without a network after a visit to the studio', async ({ page, context }) => {
    const server = await servePlainly(path.resolve('dist'), '/tools/face-studio/')
    try {
      const operator = await openOperator(context, server.address)
      await page.goto(`${server.address}?backend=wasm`)
      await expect(face(page)).toBeVisible({ timeout: 60_000 })
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready
        if (navigator.serviceWorker.controller) return
        await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
      })
      await showPicture(operator, 'Version 1', true)
      await server.stop()
      const witness = await openWitness(operator)
      expect(witness.url()).toContain('/tools/face-studio/witness.html#c=')
      await expect(witness.getByText('Version 1')).toBeVisible()
    } finally {
      await server.stop().catch(() => undefined)
    }
  })
})
