/** A photo from the start page to its contour in the studio, and to pictures by the models that there are; what cannot be used is said. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { unzipSync } from 'fflate'
import { PNG } from 'pngjs'
import { violations } from './support/axe'
import { offerPictureModels } from './support/pictureModels'
import { button, dropFile, face, inkAmount, openStudio } from './support/studio'

/** A generated face: no photo of a real person lies in the repository. */
const person = readFileSync(new URL('../public/example/person.jpg', import.meta.url))
const dropPerson = (page: Page, name = 'Ada.jpg') => dropFile(page, { name, mime: 'image/jpeg', bytes: person })
const points = (page: Page) => page.getByRole('application', { name: 'Points of the face' })
const firstPoint = (page: Page) => points(page).locator('circle').first().getAttribute('cx')
/** Their screen lies over the page, which has an Undo of its own. */
const room = (page: Page) => page.getByRole('dialog', { name: 'Photos' })
const roomButton = (page: Page, name: string) => room(page).getByRole('button', { name, exact: true })
const STYLE_NAMES: Readonly<Record<string, string>> = {
  drawing: 'Drawing',
  cartoon: 'Cartoon',
  anime: 'Anime',
  photo: 'Photo',
  frontal: 'From the front',
}
const SLOW = { timeout: 90_000 }

async function openPhotos(page: Page): Promise<void> {
  await openStudio(page, { liveOnly: false })
  await button(page, 'Photos').click()
  await expect(page.getByRole('dialog', { name: 'Photos' })).toBeVisible()
}

test('a photo becomes a contour in the studio, and stays with its corrected points', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await openStudio(page)
  expect(
    requests.filter((url) => /detector|photos/i.test(url)),
    'nothing of it is loaded at the start',
  ).toEqual([])
  await button(page, 'Photos').click()
  await dropPerson(page)
  await expect(points(page)).toBeVisible(SLOW)
  await expect(points(page).locator('circle')).toHaveCount(68)

  // A phone on its side shows the whole photo.
  await page.setViewportSize({ width: 844, height: 390 })
  await points(page).scrollIntoViewIfNeeded()
  expect((await points(page).boundingBox())?.height ?? 999).toBeLessThan(330)
  await page.setViewportSize({ width: 1440, height: 900 })

  const before = await firstPoint(page)
  await points(page).focus()
  await page.keyboard.press('n')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => firstPoint(page)).not.toBe(before)
  await roomButton(page, 'Undo').click()
  await expect.poll(() => firstPoint(page)).toBe(before)
  await roomButton(page, 'Redo').click()
  await expect.poll(() => firstPoint(page)).not.toBe(before)
  const corrected = await firstPoint(page)

  await page.reload()
  await expect(points(page)).toBeVisible(SLOW)
  expect(await firstPoint(page)).toBe(corrected)
  await roomButton(page, 'As found').click()
  await expect.poll(() => firstPoint(page)).toBe(before)

  await roomButton(page, 'Open as a drawing').click()
  await expect(page.getByText('The contour of “Ada” is on the page.').first()).toBeVisible(SLOW)
  await expect(page.getByRole('dialog', { name: 'Photos' })).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Name of this drawing' })).toHaveValue('Ada')
  expect(await inkAmount(page)).toBeGreaterThan(500)
  await expect(face(page)).toBeVisible(SLOW)
  expect(requests.filter((url) => !url.startsWith(new URL(page.url()).origin) && !/^(blob|data):/.test(url))).toEqual([])
})

test('pictures by the installed models: one beside its photo, and many in a zip', async ({ page }) => {
  await offerPictureModels(page)
  await openPhotos(page)
  await dropPerson(page)
  await expect(points(page)).toBeVisible(SLOW)
  await roomButton(page, 'Cartoon').click()
  const result = page.getByRole('img', { name: 'Cartoon of Ada' })
  await expect(result).toBeVisible(SLOW)
  await expect(page.locator('[data-elapsed-ms]').last()).toHaveText(/\d/)
  await expect(room(page).getByText('75 %')).toBeVisible()
  await page.getByRole('slider', { name: 'Dividing line between photo and result' }).press('ArrowRight')

  const saving = page.waitForEvent('download')
  await roomButton(page, 'Save picture').click()
  const png = await readFile(await (await saving).path())
  expect(PNG.sync.read(png)).toMatchObject({ width: 64, height: 64 })
  expect(png.toString('latin1')).toContain('no evidence')

  await roomButton(page, 'Drawing').click()
  await expect(page.getByRole('img', { name: 'Drawing of Ada' })).toBeVisible(SLOW)
  await expect(roomButton(page, 'Lines as strokes')).toBeVisible()
  const sheet = page.waitForEvent('download')
  await roomButton(page, 'Save sheet').click()
  expect(PNG.sync.read(await readFile(await (await sheet).path())).width).toBeGreaterThan(900)

  await dropPerson(page, 'Ben.jpg')
  await expect(page.getByRole('button', { name: 'Show Ben' })).toBeVisible(SLOW)
  const zipping = page.waitForEvent('download')
  await roomButton(page, 'Make 2 pictures').click()
  const zip = unzipSync(await readFile(await (await zipping).path()))
  expect(Object.keys(zip).sort()).toEqual(['Ada-drawing.png', 'Ben-drawing.png', 'sheet.png'])
})

test('every shipped model makes its picture of the shipped person, and a drawing goes to the studio as strokes', async ({ page }) => {
  test.setTimeout(300_000)
  const models: { role: string; style?: string }[] = JSON.parse(
    readFileSync(new URL('../public/models/index.json', import.meta.url), 'utf8'),
  ).models
  const styles = models.flatMap(({ role, style }) => (role === 'picture' && style ? [style] : []))
  expect(styles).toContain('cartoon')
  await openPhotos(page)
  await dropPerson(page)
  await expect(points(page)).toBeVisible(SLOW)
  for (const style of styles) {
    await roomButton(page, STYLE_NAMES[style] as string).click(SLOW)
    const picture = page.getByRole('img', { name: `${STYLE_NAMES[style]} of Ada` })
    await expect(picture).toBeVisible(SLOW)
    const shades = await picture.evaluate((canvas: HTMLCanvasElement) => {
      const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {}
      return new Set(Array.from(data).map((value) => value >> 4)).size
    })
    expect(shades, style).toBeGreaterThan(4)
  }
  if (!styles.includes('drawing')) return
  await roomButton(page, 'Drawing').click()
  await roomButton(page, 'Lines as strokes').click()
  await expect(room(page)).toBeHidden(SLOW)
  expect(await inkAmount(page)).toBeGreaterThan(500)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('photos, their faces and the points lie one below the other', async ({ page }) => {
    await page.goto('/?backend=wasm#photos')
    await expect(room(page)).toBeVisible(SLOW)
    await dropPerson(page)
    await expect(points(page)).toBeVisible(SLOW)
    const boxes = [room(page).getByRole('list').first(), room(page).getByRole('textbox', { name: 'Name of the photo' }), points(page)]
    let bottom = 0
    for (const each of boxes) {
      const box = await each.boundingBox()
      expect(box?.y ?? 0).toBeGreaterThanOrEqual(bottom)
      bottom = (box?.y ?? 0) + (box?.height ?? 0)
    }
  })
})

test('what is no photo, and a photo without a face, are said in words', async ({ page }) => {
  await openPhotos(page)
  const refuse = async (name: string, bytes: Uint8Array, sentence: string | RegExp): Promise<void> => {
    await dropFile(page, { name, mime: 'image/jpeg', bytes })
    await expect(room(page).getByText(sentence)).toBeVisible(SLOW)
  }
  const heic = Uint8Array.from(Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic'.padEnd(300, '\0'), 'latin1'))
  await refuse('phone.heic', heic, /This is a HEIC or AVIF picture/)
  await refuse('text.jpg', new TextEncoder().encode('hello'), /This file is no photo/)
  const bomb = PNG.sync.write(new PNG({ width: 8, height: 8 }))
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  await refuse('bomb.png', bomb, /damaged|at most 16384/)
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('checkbox') })).toHaveCount(0)

  const wall = Object.assign(new PNG({ width: 400, height: 300 }), { data: Buffer.alloc(400 * 300 * 4, 170) })
  await refuse('wall.png', PNG.sync.write(wall), /A face has to be seen/)
  await roomButton(page, 'Delete').click()
  await roomButton(page, 'Bring back').click()
  await expect(room(page).getByText(/A face has to be seen/)).toBeVisible()
  await roomButton(page, 'Place the points by hand').click()
  await expect(points(page).locator('circle')).toHaveCount(68, SLOW)
})

test('a camera that may not be used is said in words', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
  await openPhotos(page)
  await button(page, 'Camera').click()
  await expect(page.getByText(/does not let this page use the camera/)).toBeVisible()
})

for (const [colorScheme, locale] of [
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale })

    test('the photos’ screen has no barrier that axe finds', async ({ page }) => {
      await offerPictureModels(page)
      await page.goto('/?backend=wasm#photos')
      const isEnglish = locale === 'en'
      await expect(page.getByRole('button', { name: isEnglish ? 'Try it with a synthetic person' : '用一张合成人像试试' })).toBeVisible(
        SLOW,
      )
      expect(await violations(page), 'empty').toEqual([])
      await page.getByRole('button', { name: isEnglish ? 'Try it with a synthetic person' : '用一张合成人像试试' }).click()
      await expect(page.getByRole('application', { name: isEnglish ? 'Points of the face' : '脸部特征点' })).toBeVisible(SLOW)
      await button(page, isEnglish ? 'Cartoon' : '卡通').click(SLOW)
      await expect(page.locator('.compare-view canvas')).toBeVisible(SLOW)
      expect(await violations(page), 'a face').toEqual([])
    })
  })
}
