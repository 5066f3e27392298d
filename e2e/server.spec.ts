/** The page as it is delivered: nothing inline, everything from this origin, the policy in the header and in the page itself. */
import { expect, test } from '@playwright/test'
import { HEADER_POLICY, META_POLICY } from '../scripts/contentSecurityPolicy.mjs'

test('the page carries its policy and has no inline script or style', async ({ request, page }) => {
  const response = await request.get('/')
  expect(response.headers()['content-security-policy']).toBe(HEADER_POLICY)

  await page.setContent(await response.text())
  const delivered = await page.evaluate(() => ({
    policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content'),
    inlineScripts: [...document.scripts].filter((script) => !script.src).length,
    styles: document.querySelectorAll('style, [style]').length,
    addresses: [...document.querySelectorAll('[src], link[href]')].map((e) => e.getAttribute('src') ?? e.getAttribute('href') ?? ''),
  }))
  expect(delivered.policy).toBe(META_POLICY)
  expect(delivered.inlineScripts).toBe(0)
  expect(delivered.styles).toBe(0)
  expect(delivered.addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([])
})

test('the policy refuses code from text and addresses outside', async ({ page }) => {
  await page.goto('/')
  const outcome = await page.evaluate(async () => {
    const refused: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.head.append(script)
    await fetch('https://example.org/').catch(() => null)
    // The events are dispatched as tasks.
    await new Promise((done) => setTimeout(done, 200))
    return { injected: 'injected' in globalThis, refused: [...new Set(refused)].sort() }
  })
  expect(outcome).toEqual({ injected: false, refused: ['connect-src', 'script-src-elem'] })
})

test('the licences of what is bundled go with the page', async ({ request }) => {
  const response = await request.get('/licences.txt')
  expect(await response.text()).toContain('@tensorflow/tfjs-core 4.22.0 (Apache-2.0)')
})
