/** Sketches in files of the disk: the browser's pickers stand for the person, the files are real ones of the origin's private file system. */
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, face, inkAmount, openStudio, STROKES } from './support/studio'

const NAME = 'anna.json'

async function withPickers(page: Page): Promise<void> {
  await page.addInitScript((name) => {
    const handle = async () => (await navigator.storage.getDirectory()).getFileHandle(name, { create: true })
    Object.assign(window, { showSaveFilePicker: handle, showOpenFilePicker: async () => [await handle()] })
  }, NAME)
}

const strokesInFile = (page: Page): Promise<number> =>
  page.evaluate(async (name) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(name)
    return JSON.parse(await (await handle.getFile()).text()).document.strokes.length
  }, NAME)

const choose = async (page: Page, item: string | RegExp): Promise<void> => {
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('a sketch is saved to a file, saved again in place after a reload, and opened from the recent files', async ({ page }) => {
  await withPickers(page)
  await openStudio(page)
  await draw(page, STROKES.hair)
  await choose(page, 'Save to a file…')
  await expect(page.getByText(`Saved in ${NAME}.`)).toBeVisible()
  expect(await strokesInFile(page)).toBe(1)
  await draw(page, STROKES.smile)
  await expectSaved(page)
  const both = await inkAmount(page)
  await page.reload()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Control+s')
  await expect.poll(() => strokesInFile(page)).toBe(2)
  await choose(page, 'New sketch')
  await expect.poll(() => inkAmount(page)).toBe(0)
  await choose(page, NAME)
  await expect.poll(() => inkAmount(page)).toBe(both)
  // It is the sketch that was here already, not a copy.
  await button(page, 'Sketches').click()
  await expect(page.getByRole('dialog', { name: 'Sketches' }).getByRole('button', { name: /^Go to/ })).toHaveCount(1)
})

test('a browser that cannot write files says what to do instead', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { showSaveFilePicker: undefined, showOpenFilePicker: undefined })
  })
  await openStudio(page)
  await button(page, 'File').click()
  await expect(page.getByRole('menuitem', { name: 'Import…' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Open a file…' })).toBeHidden()
  await page.keyboard.press('Escape')
  await button(page, 'Settings').click()
  await expect(page.getByText(/This browser lets no page write into a file/)).toBeVisible()
})
