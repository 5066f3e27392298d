/** The studio from a plain static host under a sub-path: installable, there without a network, and a new version that waits to be asked for. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type PlainServer, servePlainly } from './support/plainServer'
import { button, draw, expectSaved, face, inkAmount, STROKES } from './support/studio'

test.use({ serviceWorkers: 'allow' })

const DIST = path.resolve('dist')
let server: PlainServer
test.beforeEach(async () => {
  server = await servePlainly(DIST, '/tools/face-studio/')
})
test.afterEach(() => server.stop())

async function open(page: Page): Promise<void> {
  await page.goto(`${server.address}?backend=wasm`)
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
}

/** Until everything that a visit needs is kept, and the page is in the service worker's hands. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
  })

test('after a first visit it starts, draws and keeps what is drawn without a network', async ({ page }) => {
  const refused: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text())
  })
  await open(page)
  await draw(page, STROKES.hair)
  await expectSaved(page)
  const ink = await inkAmount(page)
  await kept(page)
  await server.stop()
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  expect(Math.abs((await inkAmount(page)) - ink)).toBeLessThan(30)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  // Another page of it, by its bare address.
  const second = await page.context().newPage()
  await second.goto(server.address)
  await expect(face(second)).toBeVisible({ timeout: 60_000 })
  expect(refused).toEqual([])
  // What was never used is not there, and says so.
  await page
    .getByRole('button', { name: 'Menu' })
    .or(page.getByRole('button', { name: 'File' }))
    .first()
    .waitFor()
  expect(
    await page.evaluate(() =>
      fetch('models/cartoon/manifest.json').then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  ).toBe(false)
})

test('it can be installed', async ({ page }) => {
  await open(page)
  await kept(page)
  const session = await page.context().newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A private window, as every test has one, cannot install anything: that is all that may be missing.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  const { errors } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
})

test('a new version comes beside the old one and takes over when it is told to', async ({ page }) => {
  await open(page)
  await draw(page, STROKES.hair)
  await expectSaved(page)
  const ink = await inkAmount(page)
  await kept(page)
  const changed = (file: string, from: string | RegExp, to: string) => {
    const text = readFileSync(path.join(DIST, file), 'utf8')
    expect(text).toMatch(from)
    server.instead.set(file, Buffer.from(text.replace(from, to)))
  }
  changed('index.html', '<html lang="en">', '<html lang="en" data-build="next">')
  changed('sw.js', /(url:["'`]index\.html["'`],revision:["'`])[0-9a-f]+/, '$10123456789abcdef')
  await page.reload()
  const html = page.locator('html')
  const second = await page.context().newPage()
  await open(second)
  await page.bringToFront()
  const offer = page.getByRole('status').filter({ hasText: 'A new version of the studio is ready' })
  await expect(offer).toBeVisible({ timeout: 60_000 })
  // Until then all stays as it is, a second reload included.
  await expect(html).not.toHaveAttribute('data-build', 'next')
  await draw(page, STROKES.smile)
  await button(page, 'Reload now').click()
  await expect(html).toHaveAttribute('data-build', 'next', { timeout: 60_000 })
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  expect(await inkAmount(page)).toBeGreaterThan(ink)
  // The other page was told too, once, and goes over when it is told to.
  await expect(second.getByRole('status').filter({ hasText: 'A new version of the studio is ready' })).toHaveCount(1)
  await button(second, 'Reload now').click()
  await expect(second.locator('html')).toHaveAttribute('data-build', 'next', { timeout: 60_000 })
})
