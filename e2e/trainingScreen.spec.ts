/**
 * Training by hand, from the starter set to a photo: augmentation is previewed, a short cartoon training runs on wasm, its losses and samples move, it is paused, its
 * page is left, it goes on, and what it learnt is saved and painted with. And the page stays free meanwhile.
 */
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { violations } from './support/axe'
import { dropFile } from './support/studio'

const SLOW = { timeout: 120_000 }
const room = (page: Page): Locator => page.getByRole('dialog', { name: 'Train a model' })
const roomButton = (page: Page, name: string): Locator => room(page).getByRole('button', { name, exact: true })
const status = (page: Page): Locator => room(page).locator('.training-status')
const stepOf = async (page: Page): Promise<number> => Number(await status(page).getAttribute('data-step'))
const setNumber = (page: Page, name: string, value: number): Promise<void> =>
  room(page).getByRole('spinbutton', { name, exact: true }).fill(String(value))

/** A set of synthetic people, made on its own screen. */
async function makeStarterSet(page: Page): Promise<void> {
  await page.goto('/?backend=wasm#datasets')
  const sets = page.getByRole('dialog', { name: 'Data sets' })
  await sets.getByRole('button', { name: 'Starter set', exact: true }).click(SLOW)
  await expect(sets.getByText('12 in all, 2 held out')).toBeVisible({ timeout: 240_000 })
  await page.keyboard.press('Escape')
  await expect(sets).toBeHidden()
}

async function openTraining(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Training', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Train a model' }).click()
  await expect(roomButton(page, 'Start')).toBeVisible(SLOW)
}

/** A quick try of a few steps, judges and samples soon. */
async function startShort(page: Page, steps: number, judgesFrom: number): Promise<void> {
  await room(page).getByText('A quick try').click()
  await room(page).getByText('More settings').click()
  await setNumber(page, 'Steps', steps)
  await setNumber(page, 'Samples every … steps', 5)
  await setNumber(page, 'Judges from step', judgesFrom)
  await roomButton(page, 'Start').click()
  await expect.poll(() => stepOf(page), SLOW).toBeGreaterThan(0)
}

const sample = (page: Page, name: string): Locator => room(page).getByRole('img', { name, exact: true })

/** A short text of the pixels of a picture, or of all canvases in it: another one for other pixels. */
const pictureOf = (locator: Locator): Promise<string> =>
  locator.evaluate(async (element) => {
    const canvases = element instanceof HTMLImageElement ? [document.createElement('canvas')] : [...element.querySelectorAll('canvas')]
    if (element instanceof HTMLImageElement) {
      await element.decode()
      Object.assign(canvases[0] ?? {}, { width: 64, height: 64 })
      canvases[0]?.getContext('2d')?.drawImage(element, 0, 0, 64, 64)
    }
    let hash = 0
    for (const canvas of canvases)
      for (const value of canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])
        hash = (Math.imul(hash, 31) + value) | 0
    return `${canvases.length} ${hash}`
  })

test('from the starter set to a model that paints a photo', async ({ page }) => {
  test.setTimeout(900_000)
  await makeStarterSet(page)
  await openTraining(page)
  await expect(room(page).getByText('10 pictures to learn from, 2 held out.')).toBeVisible()
  await expect(room(page).getByLabel('Begins as')).toHaveValue('shipped cartoon')

  // What a step is shown, and that a change of it is seen.
  await room(page).getByText('Augmentation', { exact: true }).click()
  const preview = room(page).getByRole('list', { name: 'Random draws' })
  await expect(preview).toHaveAttribute('data-painted', /./, SLOW)
  const before = await pictureOf(preview)
  await room(page).getByRole('switch', { name: 'Mirror' }).click()
  await expect.poll(() => pictureOf(preview)).not.toBe(before)
  expect(await violations(page), 'new run').toEqual([])
  await room(page).getByText('Augmentation', { exact: true }).click()

  await roomButton(page, 'How long will it take?').click()
  await expect(room(page).locator('.training-estimate')).toContainText('on this machine', SLOW)

  await startShort(page, 30, 12)
  const made = sample(page, 'Made, row 1, step 0')
  await expect(made).toBeVisible(SLOW)
  const parents = await pictureOf(made)
  const pairs = room(page).getByRole('img', { name: /^Like its pair: / })
  await expect(pairs).toBeVisible()
  const first = await pictureOf(pairs)
  await expect(sample(page, 'Made, row 1, step 5')).toBeVisible(SLOW)
  expect(await pictureOf(sample(page, 'Made, row 1, step 5'))).not.toBe(parents)
  await expect.poll(() => pictureOf(pairs)).not.toBe(first)
  await expect(room(page).getByText(/% nearer than its parent/)).toBeVisible(SLOW)

  await roomButton(page, 'Pause').click()
  await expect(status(page)).toHaveAttribute('data-run-state', 'paused', SLOW)
  const pausedAt = await stepOf(page)
  expect(await violations(page), 'run').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  await roomButton(page, 'Guide').click()
  await expect(page.getByRole('dialog', { name: 'How to teach a model your style' })).toBeVisible()
  expect(await violations(page), 'guide').toEqual([])
  await page.keyboard.press('Escape')
  expect(await violations(page), 'run, dark, on a phone').toEqual([])
  // Nothing sticks out at the side.
  expect(await room(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })

  // Back through time, by the keyboard.
  const scrub = room(page).getByRole('slider', { name: 'Step of the samples' })
  await scrub.focus()
  await page.keyboard.press('Home')
  await expect(scrub).toHaveAttribute('aria-valuetext', 'Step 0: its parent')
  // The picture follows its label.
  await expect.poll(() => pictureOf(sample(page, 'Made, row 1, step 0'))).toBe(parents)

  // Left and come back: it is where it was, and goes on to its end.
  await page.reload()
  await room(page).locator('.training-run').first().click(SLOW)
  await expect(status(page)).toHaveAttribute('data-run-state', 'paused')
  expect(await stepOf(page)).toBe(pausedAt)
  await roomButton(page, 'Go on').click()
  await expect.poll(() => stepOf(page), SLOW).toBeGreaterThan(pausedAt)

  // Left while it learns: it says that it was interrupted, and goes on from its checkpoint.
  await page.reload()
  await expect(room(page).getByRole('alert')).toContainText('This training was interrupted', SLOW)
  await roomButton(page, `Go on from step ${pausedAt}`).click()
  await expect(status(page)).toHaveAttribute('data-run-state', 'finished', { timeout: 240_000 })
  expect(await stepOf(page)).toBe(30)
  await expect(room(page).getByRole('img', { name: /^Judge of texture: / })).toBeVisible()
  expect(Number(await room(page).locator('.training-nearness').getAttribute('data-percent'))).toBeGreaterThan(0)

  await room(page).getByRole('textbox', { name: 'Name of the model' }).fill('My inks')
  await roomButton(page, 'Save as a model').click()
  await roomButton(page, 'My models (1)').click(SLOW)
  await expect(room(page).getByRole('textbox', { name: 'Name of My inks' })).toHaveValue('My inks')
  expect(await violations(page), 'models').toEqual([])
  await comeAndGo(page)

  await roomButton(page, 'Use it on photos').first().click()
  const photos = page.getByRole('dialog', { name: 'Photos' })
  await expect(photos).toBeVisible()
  await dropFile(page, { name: 'Ada.jpg', mime: 'image/jpeg', bytes: readFileSync('public/example/person.jpg') })
  await photos.getByRole('button', { name: 'My inks', exact: true }).click(SLOW)
  await expect(page.getByRole('img', { name: 'Cartoon of Ada' })).toBeVisible(SLOW)
})

/** Out as a zip, renamed, in again, and the renamed one deleted. */
async function comeAndGo(page: Page): Promise<void> {
  const exporting = page.waitForEvent('download')
  await roomButton(page, 'Export My inks').click()
  const zip = await exporting
  expect(zip.suggestedFilename()).toBe('My inks.zip')
  const name = room(page).getByRole('textbox', { name: 'Name of My inks' })
  await name.fill('Old inks')
  await name.press('Enter')
  await expect(room(page).getByRole('textbox', { name: 'Name of Old inks' })).toBeVisible()
  const choosing = page.waitForEvent('filechooser')
  await roomButton(page, 'Bring in a zip…').click()
  await (await choosing).setFiles(
    await zip.path().then((file) => ({ name: 'My inks.zip', mimeType: 'application/zip', buffer: readFileSync(file) })),
  )
  await expect(room(page).getByRole('textbox', { name: 'Name of My inks' })).toBeVisible(SLOW)
  await roomButton(page, 'Delete Old inks').click()
  await page.getByRole('dialog', { name: 'Delete the model “Old inks”?' }).getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(room(page).getByRole('textbox', { name: 'Name of Old inks' })).toBeHidden()
}
