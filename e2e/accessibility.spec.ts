/** axe-core over every screen, in both themes. */
import { expect, test } from '@playwright/test'
import { violations } from './support/axe'
import { button, draw, openStudio, STROKES, sketch } from './support/studio'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('no screen has a barrier that axe finds', async ({ page }) => {
      await openStudio(page)
      await draw(page, STROKES.smile)
      expect(await violations(page), 'page').toEqual([])

      await button(page, 'Select').click()
      await sketch(page).focus()
      await page.keyboard.press('Control+a')
      expect(await violations(page), 'selection').toEqual([])

      if (await button(page, 'Compare models').isVisible()) {
        await button(page, 'Compare models').click()
        await expect(page.locator('.comparison [data-status="shown"]')).toHaveCount(3, { timeout: 60_000 })
        expect(await violations(page), 'comparison').toEqual([])
        await page.getByRole('region', { name: 'Compare models' }).getByRole('button', { name: 'Close' }).click()
      }

      await button(page, 'File').click()
      expect(await violations(page), 'menu').toEqual([])
      await page.keyboard.press('Escape')

      await button(page, 'Sketches').click()
      await expect(page.getByRole('listitem')).toHaveCount(1)
      expect(await violations(page), 'sketches').toEqual([])
      await page.keyboard.press('Escape')

      await button(page, 'Help and shortcuts').click()
      expect(await violations(page), 'help').toEqual([])
      await page.keyboard.press('Escape')

      await button(page, 'Enlarge').click()
      await expect(page.getByRole('dialog', { name: 'Enlarged face' })).toBeVisible()
      expect(await violations(page), 'enlarged').toEqual([])
    })
  })
}
