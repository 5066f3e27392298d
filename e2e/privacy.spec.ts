/** Nothing ever leaves the machine: a whole session, every request of the page and its worker watched. */
import { expect, test } from '@playwright/test'
import { button, draw, dropFile, openStudio, STROKES } from './support/studio'

test('a whole session talks to its own server only', async ({ page, context, baseURL }) => {
  const requests: string[] = []
  const violations: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(message.text())
  })
  await openStudio(page)
  const response = await page.request.get('/')
  expect(response.headers()['content-security-policy']).toContain("connect-src 'self'")

  await draw(page, STROKES.smile)
  await page.getByRole('group', { name: 'Looks' }).getByRole('button').nth(1).click()
  await button(page, 'Lock outside').click()
  await draw(page, STROKES.leftBrow)
  await button(page, 'What changed').click()
  await button(page, 'Pen').hover()
  await dropFile(page, {
    name: 'line.svg',
    mime: 'image/svg+xml',
    bytes: new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><path d="M100 100 L400 120" stroke="black"/></svg>',
    ),
  })
  await expect(page.getByText('“line” is open')).toBeVisible()
  await button(page, 'Sketches').click()
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(2)
  await page.keyboard.press('Escape')
  const download = page.waitForEvent('download')
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Drawing and face side by side' }).click()
  await download
  await button(page, 'Help and shortcuts').click()
  await page.keyboard.press('Escape')

  const foreign = requests.filter((url) => !url.startsWith(`${baseURL}/`) && !/^(blob|data):/.test(url))
  expect(foreign).toEqual([])
  expect(requests.length).toBeGreaterThan(5)
  expect(violations).toEqual([])
})
