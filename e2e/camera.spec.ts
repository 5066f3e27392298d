/** A photo from a camera: the browser's own imitation of one, as no machine of a test has a face before it. */
import { expect, test } from '@playwright/test'
import { button, openStudio } from './support/studio'

test.use({
  permissions: ['camera'],
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']
    await use({ ...launchOptions, args })
  },
})

test('the camera takes a photo', async ({ page }) => {
  await openStudio(page)
  await button(page, 'Photos').click()
  await button(page, 'Camera').click()
  await button(page, 'Take it').click({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Show Camera' })).toBeVisible({ timeout: 90_000 })
})
