/** What the journeys of the data sets share: pictures to bring in, and the screen's parts. */

import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'

/** A generated face: no photo of a real person lies in the repository. */
export const person = readFileSync(new URL('../../public/example/person.jpg', import.meta.url))
export const SLOW = { timeout: 90_000 }

export const room = (page: Page): Locator => page.getByRole('dialog', { name: 'Data sets' })
export const roomButton = (page: Page, name: string): Locator => room(page).getByRole('button', { name, exact: true })
export const items = (page: Page): Locator => room(page).getByRole('list', { name: 'Pictures of this set' }).getByRole('listitem')

/** The person with red and blue exchanged, at half the size, as a PNG: something that a pair may be made of. */
export function picture(): Buffer {
  const { width, height, data } = jpeg.decode(person, { useTArray: true })
  const png = new PNG({ width: width / 2, height: height / 2 })
  for (let y = 0; y < png.height; y++)
    for (let x = 0; x < png.width; x++) {
      const [to, from] = [4 * (y * png.width + x), 4 * (2 * y * width + 2 * x)]
      for (let channel = 0; channel < 3; channel++) png.data[to + channel] = data[from + 2 - channel] ?? 0
      png.data[to + 3] = 255
    }
  return PNG.sync.write(png)
}

/** Two squares side by side. */
export function combined(): Buffer {
  const { width, height, data } = jpeg.decode(person, { useTArray: true })
  const png = new PNG({ width: 2 * width, height })
  for (let y = 0; y < height; y++)
    for (let x = 0; x < 2 * width; x++)
      for (let channel = 0; channel < 4; channel++) {
        const shown = x < width || channel === 3 ? channel : 2 - channel
        png.data[4 * (2 * y * width + x) + channel] = data[4 * (y * width + (x % width)) + shown] ?? 0
      }
  return PNG.sync.write(png)
}

export const wall = (): Buffer =>
  PNG.sync.write(Object.assign(new PNG({ width: 300, height: 300 }), { data: Buffer.alloc(4 * 300 ** 2, 170) }))

export async function openRoom(page: Page): Promise<void> {
  await page.goto('/?backend=wasm#datasets')
  await expect(room(page)).toBeVisible(SLOW)
}

export async function choose(
  page: Page,
  name: string,
  files: string | { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await roomButton(page, name).click()
  await (await choosing).setFiles(files)
}

export async function makeSet(page: Page, name: string, kind: 'Pairs' | 'Unpaired'): Promise<void> {
  await roomButton(page, 'New set').first().click()
  const dialog = page.getByRole('dialog', { name: 'A new data set' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await dialog.getByText(kind, { exact: true }).click()
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(room(page).getByRole('textbox', { name: 'Name of this data set' })).toHaveValue(name)
}

/** A folder on the disk with two pairs, and files that are of no use. */
export async function inkFolder(to: string): Promise<string> {
  const folder = path.join(to, 'ink')
  const files: Record<string, Uint8Array> = {
    'A/ada.jpg': person,
    'B/ada.png': picture(),
    'A/wall.png': wall(),
    'B/wall.png': wall(),
    'A/alone.jpg': person,
    'both.png': combined(),
    'notes.txt': Buffer.from('hello'),
    'A/broken.jpg': Buffer.from('no photo'),
    'B/broken.jpg': person,
  }
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
  return folder
}
