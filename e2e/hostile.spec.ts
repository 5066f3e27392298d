/** Hostile and broken files: each gets a sentence, and nothing changes. */
import { expect, test } from '@playwright/test'
import { en } from '../src/features/ui/i18n/en'
import { HOSTILE_FILES } from '../tests/hostile/files'
import { draw, dropFile, facePixels, inkAmount, meanDifference, openStudio, revision, STROKES } from './support/studio'

/** Larger ones are left to the unit tests of import. */
const LARGEST_BYTES = 2_000_000
const { errors, failure, file: texts } = en.messages

test('every hostile file is refused with a message and changes nothing', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await draw(page, STROKES.smile)
  const before = { ink: await inkAmount(page), revision: await revision(page), pixels: await facePixels(page) }
  let alerted = false
  page.on('dialog', (dialog) => {
    alerted = true
    void dialog.dismiss()
  })

  let dropped = 0
  for (const hostile of HOSTILE_FILES) {
    const bytes = hostile.bytes()
    if (bytes.length > LARGEST_BYTES) continue
    dropped++
    await dropFile(page, { name: hostile.name, mime: hostile.mime, bytes })
    const toast = page.locator('.toast')
    await expect(toast, hostile.why).toContainText(errors[hostile.code].title)
    await expect(toast).toContainText(texts.unchanged)
    await toast.getByRole('button', { name: failure.dismiss }).click()
    await expect(toast).toHaveCount(0)
  }
  expect(dropped).toBeGreaterThanOrEqual(20)
  expect(alerted).toBe(false)
  expect(await inkAmount(page)).toBe(before.ink)
  expect(await revision(page)).toBe(before.revision)
  expect(meanDifference(before.pixels, await facePixels(page))).toBe(0)
})
