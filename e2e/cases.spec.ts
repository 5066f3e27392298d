/** A whole case as an operator works on it, from the interview to the wipe, and back from its file. */

import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { violations } from './support/axe'
import { button, draw, face, openStudio, STROKES } from './support/studio'

const PHRASE = 'seven quiet herons'
const WORDS = 'He had a long face, heavy brows – and he smiled at me.'

async function openCases(page: Page): Promise<void> {
  await button(page, 'Training').click()
  await page.getByRole('menuitem', { name: 'Cases' }).click()
  await expect(page.getByRole('dialog', { name: 'Cases' })).toBeVisible()
}

async function newCase(page: Page, number: string): Promise<void> {
  await openCases(page)
  await button(page, 'New case').first().click()
  const dialog = page.getByRole('dialog', { name: 'New case' })
  await dialog.getByLabel('Case number').fill(number)
  await dialog.getByLabel('Title').fill('Station')
  await dialog.getByLabel('Operator').fill('Mara')
  await dialog.getByRole('button', { name: 'Make the case' }).click()
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeVisible()
}

async function startSession(page: Page, witness: string): Promise<void> {
  await page.getByLabel('Name or code').fill(witness)
  await button(page, 'Add witness').click()
  await button(page, 'Start a session').click()
  await expect(page.getByRole('heading', { name: '3 Free recall' })).toBeVisible()
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
const step = (page: Page, name: string) => page.getByRole('region', { name })
const endAsked = (page: Page) => page.getByRole('dialog', { name: 'End the session?' })
const recorded = (page: Page) => page.locator('.case-bar .case-recorded')

test('a whole case: interview, drawing, two versions, confirmation, verify, paper, encrypted file, wipe, and back', async ({ page }) => {
  test.setTimeout(240_000)
  await openStudio(page)
  await newCase(page, '12/2026')

  // Until when it is kept: one entry, and none of a year that is over.
  await page.getByLabel('Keep until').fill('2020-01-31')
  await page.getByLabel('Keep until').press('Enter')
  await expect(page.getByText(/^Not entered: give a whole date/)).toBeVisible()
  await page.getByLabel('Keep until').fill('2090-01-31')
  await page.getByLabel('Keep until').press('Enter')
  await expect(page.getByText(/^Not entered/)).toBeHidden()
  await startSession(page, 'Witness A')

  // No drawing before free recall.
  await expect(button(page, 'Draw')).toBeDisabled()
  await step(page, '1 Before').getByLabel('No picture of a face was shown before').check()
  await step(page, '1 Before').getByRole('button', { name: 'Keep', exact: true }).click()
  await step(page, '2 Instructions').getByRole('button', { name: 'Leave out…' }).click()
  await step(page, '2 Instructions').getByLabel('Why is this step left out?').fill('told by telephone')
  await step(page, '2 Instructions').getByRole('button', { name: 'Leave out', exact: true }).click()
  await step(page, '3 Free recall').getByLabel('The witness’s words, verbatim').fill(WORDS)
  await step(page, '3 Free recall').getByLabel('The witness spoke without being interrupted').check()
  // Words and ticks that are not kept yet outlive another tab, Escape and the screen itself.
  await tab(page, 'Log').click()
  await tab(page, 'Interview').click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Cases' })).toBeHidden()
  await openCases(page)
  await expect(step(page, '3 Free recall').getByLabel('The witness’s words, verbatim')).toHaveValue(WORDS)
  await expect(step(page, '3 Free recall').getByLabel('The witness spoke without being interrupted')).toBeChecked()
  await step(page, '3 Free recall').getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(step(page, '3 Free recall').getByRole('blockquote')).toHaveText(WORDS)
  await button(page, 'Draw').click()

  // The page is recorded, and the mean face does not show.
  await expect(page.getByRole('region', { name: 'Case under way' })).toBeVisible()
  await draw(page, STROKES.leftBrow)
  await draw(page, STROKES.mouth)

  // The witness sees nothing until it is shown, and then the very face, in grey.
  const [witness] = await Promise.all([page.waitForEvent('popup'), button(page, 'Witness’s window').click()])
  await expect(witness.locator('body')).toBeVisible()
  await expect(witness.getByRole('img')).toBeHidden()
  await page.getByLabel('Show to the witness').selectOption({ label: 'The face, grey' })
  await expect(witness.getByRole('img').first()).toBeVisible()
  await expect(witness.getByText(/not a photograph of a person/)).toBeVisible()
  // Without the operator's page there is nothing on it; with the page it is there again.
  await page.reload()
  await expect(witness.getByRole('img')).toBeHidden()
  await expect(face(page)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByLabel('Show to the witness')).toHaveValue('blank')
  await page.getByLabel('Show to the witness').selectOption({ label: 'The face, grey' })
  await expect(witness.getByRole('img').first()).toBeVisible()
  await page.getByLabel('Show to the witness').selectOption({ label: 'Nothing' })
  await expect(witness.getByRole('img')).toBeHidden()
  await button(page, 'Close the witness’s window').click()
  await expect.poll(() => witness.isClosed()).toBe(true)

  await button(page, 'Keep version').click()
  await expect(page.getByText('Version 1 is kept.')).toBeVisible()
  await draw(page, STROKES.hair)
  await button(page, 'Keep version').click()
  await expect(page.getByText('Version 2 is kept.')).toBeVisible()
  await expect(recorded(page)).toHaveAttribute('data-unsaved', '0')

  // A session does not end by a stray click, in the bar or in the case.
  await button(page, 'End session').click()
  await endAsked(page).getByRole('button', { name: 'Cancel' }).last().click()
  await expect(page.getByRole('region', { name: 'Case under way' })).toBeVisible()
  await openCases(page)
  await button(page, 'Close the case').click()
  await endAsked(page).getByRole('button', { name: 'Cancel' }).last().click()
  await expect(page.getByRole('heading', { name: /12\/2026/ })).toBeVisible()
  await page.keyboard.press('Escape')

  // Both versions, one under the other, and what differs.
  await openCases(page)
  await tab(page, 'Versions').click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Version 2' })).toHaveAttribute('style', /16px/)
  await page.getByLabel('Put “Version 1” beside others').check()
  await page.getByLabel('Put “Version 2” beside others').check()
  await expect(page.getByRole('region', { name: 'Side by side' }).getByText(/^Hair/)).toBeVisible()
  await page.getByLabel('Put “Version 1” beside others').uncheck()
  await page.getByLabel('Put “Version 2” beside others').uncheck()

  // The same face, bit by bit, from what it was made of.
  await button(page, 'Reproduce').click()
  await expect(page.getByText('Reproduced: the same picture, bit by bit.')).toBeVisible({ timeout: 60_000 })

  await page.getByText('Judge', { exact: true }).click()
  await page.getByLabel('What the witness says of it').fill('eyes are right')
  await button(page, 'Keep the rating').click()
  await page.getByText('Partly', { exact: true }).click()
  await page.getByLabel('The witness’s statement, verbatim').fill('That is nearly him.')
  await page.getByLabel('Initials').fill('W.A.')
  await button(page, 'Keep the confirmation').click()
  await expect(page.getByText(/Partly, W\.A\., .*“That is nearly him\.”/)).toBeVisible()

  await tab(page, 'Log').click()
  await button(page, 'Verify').click()
  await expect(page.getByText(/^Intact: \d+ entries/)).toBeVisible()
  await expect(page.getByText('Keeping time set', { exact: true })).toHaveCount(1)

  // On paper: the sheet alone.
  await tab(page, 'Print and keep').click()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Type likeness, not a photograph of a person', { exact: true })).toBeVisible()
  await expect(page.getByRole('tablist')).toBeHidden()
  await expect(page.locator('.studio')).toBeHidden()
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
  await page.emulateMedia({ media: 'screen' })

  const file = await exportCase(page)
  expect(new TextDecoder('latin1').decode(file)).not.toContain('heavy brows')

  await button(page, 'Wipe this case…').click()
  await button(page, 'Wipe').click()
  await expect(page.getByText(/Nothing of the case is left/).first()).toBeVisible()
  expect(await everything(page)).not.toContain('heavy brows')
  expect(await everything(page)).not.toContain('12/2026')

  // A wrong phrase, a changed byte, and the file as it is.
  await openFile(page, file, 'seven quiet heron')
  await expect(page.getByText(/pass phrase is wrong/).first()).toBeVisible()
  await page.getByRole('dialog', { name: 'Open a case file' }).getByRole('button', { name: 'Cancel' }).last().click()
  const changed = Buffer.from(file)
  changed[changed.length - 100] = (changed.at(-100) ?? 0) ^ 1
  await openFile(page, changed, PHRASE)
  await expect(page.getByText(/changed or damaged after it was exported/).first()).toBeVisible()
  await page.getByRole('dialog', { name: 'Open a case file' }).getByRole('button', { name: 'Cancel' }).last().click()
  await openFile(page, file, PHRASE)
  await page.getByRole('navigation', { name: 'Cases on this machine' }).getByRole('button', { name: 'Encrypted' }).click()
  // It lies here sealed, as it came.
  expect(await everything(page)).not.toContain('heavy brows')
  const asked = page.getByRole('dialog', { name: 'This case is encrypted' })
  await asked.getByLabel('Pass phrase').fill(PHRASE)
  await asked.getByRole('button', { name: 'Open', exact: true }).click()
  await tab(page, 'Log').click()
  await button(page, 'Verify').click()
  await expect(page.getByText(/^Intact: \d+ entries/)).toBeVisible()
  await expect(page.getByText(WORDS)).toBeVisible()

  // Nobody needs the phrase to be rid of it.
  await button(page, 'Close the case').click()
  await page.getByRole('navigation', { name: 'Cases on this machine' }).getByRole('button', { name: 'Encrypted' }).click()
  await asked.getByRole('button', { name: 'Wipe this case…' }).click()
  await button(page, 'Wipe').click()
  await expect(page.getByText(/Nothing of the case is left/).last()).toBeVisible()
  await expect(asked).toBeHidden()
})

async function exportCase(page: Page): Promise<Buffer> {
  await button(page, 'Export the case…').click()
  const dialog = page.getByRole('dialog', { name: 'Export the case, encrypted' })
  await dialog.getByLabel('Pass phrase').fill(PHRASE)
  await expect(dialog.getByRole('button', { name: 'Export' })).toBeDisabled()
  await dialog.getByLabel('Once more').fill(PHRASE)
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export' }).click()])
  expect(download.suggestedFilename()).toBe('case-12-2026.facecase')
  await expect(dialog).toBeHidden()
  return await readFile(await download.path())
}

async function openFile(page: Page, buffer: Buffer, phrase: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Open a case file…').click()])
  await chooser.setFiles({ name: 'case-12-2026.facecase', mimeType: 'application/octet-stream', buffer })
  const dialog = page.getByRole('dialog', { name: 'Open a case file' })
  await dialog.getByLabel('Pass phrase').fill(phrase)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
}

/** All that lies in the database, as text, bytes too. */
function everything(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('face-studio')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const textOf = (value: unknown): string => {
      if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value)
      return typeof value === 'object' && value !== null ? Object.values(value).map(textOf).join('\n') : String(value)
    }
    const tables = await Promise.all(
      [...database.objectStoreNames].map(
        (name) =>
          new Promise<unknown[]>((resolve, reject) => {
            const all = database.transaction(name).objectStore(name).getAll()
            all.onsuccess = () => resolve(all.result)
            all.onerror = () => reject(all.error)
          }),
      ),
    )
    database.close()
    return textOf(tables)
  })
}

for (const scheme of ['light', 'dark'] as const)
  test(`${scheme} › the cases’ screen and its bar have no barrier that axe finds`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await openStudio(page)
    await openCases(page)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await newCase(page, '13/2026')
    await startSession(page, 'B')
    for (const name of ['Case', 'Interview', 'Versions', 'Log', 'Print and keep']) {
      await tab(page, name).click()
      expect(await violations(page)).toEqual([])
    }
  })
