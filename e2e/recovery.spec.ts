/** Nothing is lost: a page that is killed, also in the middle of a stroke, a worker that dies. */
import { expect, type Page, test } from '@playwright/test'
import { storedStrokes } from './kills/storedStrokes'
import {
  button,
  drag,
  draw,
  expectSaved,
  face,
  faceAfter,
  inkAmount,
  onScreen,
  openStudio,
  type Point,
  revision,
  STROKES,
  sketch,
} from './support/studio'

const distance = (a: Point | undefined, b: Point | undefined): number =>
  Math.hypot((a?.[0] ?? 0) - (b?.[0] ?? 1e3), (a?.[1] ?? 0) - (b?.[1] ?? 1e3))

async function killPage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  // The answer never comes: the renderer is gone.
  session.send('Page.crash').catch(() => undefined)
  await crashed
}

/** Sketch pixels: the screen rounds, and the ink of a steadied pen hangs a little behind it until it is lifted. */
const SAME_PLACE_PX = 6

/** The mouse goes down and stays down; places in sketch pixels. */
async function press(page: Page, from: Point, to: Point, steps = 5): Promise<void> {
  await page.mouse.move(...(await onScreen(page, from)))
  await page.mouse.down()
  await page.mouse.move(...(await onScreen(page, to)), { steps })
}

/** Start and end of each stroke in the database. */
async function storedEnds(page: Page): Promise<Point[][]> {
  const strokes = await storedStrokes(page)
  return strokes.map(({ points }) => [
    [points[0] ?? 0, points[1] ?? 0],
    [points.at(-3) ?? 0, points.at(-2) ?? 0],
  ])
}

test('a killed page comes back with every stroke, the one under the pen as it stood', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await draw(page, STROKES.leftBrow)
  const ink = await inkAmount(page)
  await press(page, [330, 120], [420, 300])
  // The pen rests: whatever it drew is told within a tenth of a second.
  await page.waitForTimeout(300)
  await killPage(page)

  const again = await context.newPage()
  await openStudio(again)
  const [smile, brow, half, ...more] = await storedEnds(again)
  expect(more).toEqual([])
  for (const [ends, [from, to]] of [
    [smile, [STROKES.smile[0], STROKES.smile[4]]],
    [brow, [STROKES.leftBrow[0], STROKES.leftBrow[3]]],
    [
      half,
      [
        [330, 120],
        [420, 300],
      ],
    ],
  ] as const) {
    expect(distance(ends?.[0], from)).toBeLessThan(SAME_PLACE_PX)
    expect(distance(ends?.[1], to)).toBeLessThan(SAME_PLACE_PX)
  }
  expect(await inkAmount(again)).toBeGreaterThan(ink + 100)
  // Drawing goes on behind it.
  await draw(again, STROKES.hair)
  expect(await storedEnds(again)).toHaveLength(4)
})

test('a stroke is safe before the next one, without waiting for anything', async ({ page, context }) => {
  await openStudio(page)
  await drag(page, STROKES.smile)
  await page.mouse.down()
  await page.mouse.move(500, 300, { steps: 3 })
  await killPage(page)
  const again = await context.newPage()
  await openStudio(again)
  const [smile] = await storedEnds(again)
  expect(distance(smile?.[0], STROKES.smile[0])).toBeLessThan(SAME_PLACE_PX)
  expect(distance(smile?.[1], STROKES.smile[4])).toBeLessThan(SAME_PLACE_PX)
})

test('a stroke that was dropped does not come back after a kill', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await press(page, [330, 120], [420, 300])
  await page.waitForTimeout(200)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(200)
  await killPage(page)
  const again = await context.newPage()
  await openStudio(again)
  expect(await storedEnds(again)).toHaveLength(1)
})

test('without a private file system, what the database had not taken is there after a reload', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(StorageManager.prototype, 'getDirectory', { value: undefined })
    // The database of the first life takes no stroke, as if the page had been killed before each of its answers.
    if (sessionStorage.getItem('second') !== null) return
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...row: [unknown, IDBValidKey?]) {
      if (sessionStorage.getItem('cut') !== null) this.transaction.abort()
      return put.apply(this, row)
    }
  })
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  await page.evaluate(() => sessionStorage.setItem('cut', 'yes'))
  await draw(page, STROKES.leftBrow)
  await expect(page.getByRole('banner').getByText('Not saved')).toBeVisible()
  const both = await inkAmount(page)
  expect(both).toBeGreaterThan(ink)
  await page.evaluate(() => sessionStorage.setItem('second', 'yes'))
  page.on('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await openStudio(page)
  await expect.poll(async () => Math.abs((await inkAmount(page)) - both)).toBeLessThan(30)
})

test('a worker that dies is replaced, and the drawing does not notice', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  const worker = page.workers().find((each) => each.url().includes('inference'))
  if (!worker) throw new Error('There is no worker.')
  await worker.evaluate(() => self.close())
  const before = await revision(page)
  await drag(page, STROKES.leftBrow)

  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The face generator stopped')
  await expect(alert).toContainText('Your drawing is safe')
  await expect(alert.getByRole('button', { name: 'Try the next back end' })).toBeVisible()
  await faceAfter(page, before)
  expect(await inkAmount(page)).toBeGreaterThan(ink)

  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toBeHidden()
  await expect(sketch(page)).toBeVisible()
})

test('a model that is not there says so, and drawing goes on', async ({ page }) => {
  await page.goto('/?backend=wasm&model=no-such-model')
  await expect(page.getByRole('alert')).toContainText('The model is missing')
  await expect(face(page)).toHaveCount(0)
  await drag(page, STROKES.smile)
  expect(await inkAmount(page)).toBeGreaterThan(100)
})

test('without a place to save it says so, and drawing goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { get: () => undefined })
  })
  await openStudio(page)
  await expect(page.getByText('Saving is switched off here')).toBeVisible()
  await expect(page.locator('.toast')).toContainText('export before you close the tab')
  await draw(page, STROKES.smile)
  expect(await inkAmount(page)).toBeGreaterThan(100)
})

test('a sketch that is open in another tab comes up as a copy', async ({ page, context }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  const ink = await inkAmount(page)
  const second = await context.newPage()
  await openStudio(second)
  await expect(second.locator('.toast')).toContainText('open in another tab')
  expect(await inkAmount(second)).toBe(ink)
  await draw(second, STROKES.hair)
  expect(await inkAmount(page)).toBe(ink)
})

test('a sketch that another tab deletes is told of, never called saved, and comes back with the next stroke', async ({ page, context }) => {
  await openStudio(page)
  await drag(page, STROKES.smile)
  await expectSaved(page)
  const second = await context.newPage()
  await openStudio(second)
  await button(second, 'Sketches').click()
  const screen = second.getByRole('dialog', { name: 'Sketches' })
  await screen.getByRole('button', { name: 'More for Untitled', exact: true }).click()
  await second.getByRole('menuitem', { name: 'Delete' }).click()

  await expect(page.getByText('In the trash', { exact: true })).toBeVisible()
  await expect(page.locator('.toast')).toContainText('deleted in another tab')
  await screen.getByRole('button', { name: 'Deleted', exact: true }).click()
  await screen.getByRole('button', { name: 'Empty' }).click()
  await second
    .getByRole('dialog', { name: /^Delete 1 sketch for good/ })
    .getByRole('button', { name: 'Delete for good' })
    .click()
  await expect(screen.getByRole('listitem')).toHaveCount(0)

  await page.bringToFront()
  await drag(page, STROKES.leftBrow)
  await expectSaved(page)
  const ink = await inkAmount(page)
  await page.reload()
  await expect(sketch(page)).toBeVisible()
  expect(await inkAmount(page)).toBe(ink)
})

/** The disk is full for the database and for the log ahead of it. */
const fillDisk = (): void => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no space left', 'QuotaExceededError')
  }
}

test('with the disk full nothing unsaved leaves the page unasked', async ({ page }) => {
  await openStudio(page)
  await drag(page, STROKES.smile)
  await expectSaved(page)
  await page.evaluate(fillDisk)
  await drag(page, STROKES.hair)
  await expectSaved(page, 'Not saved')
  const ink = await inkAmount(page)

  const newSketch = async (): Promise<void> => {
    await button(page, 'File').click()
    await page.getByRole('menuitem', { name: 'New sketch' }).click()
  }
  await newSketch()
  const question = page.getByRole('dialog', { name: 'This drawing is not saved' })
  await question.getByRole('button', { name: 'Stay with it' }).click()
  expect(await inkAmount(page)).toBe(ink)

  await newSketch()
  const download = page.waitForEvent('download')
  await question.getByRole('button', { name: 'Download it, then go on' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.json$/)
  await expect.poll(() => inkAmount(page)).toBe(0)
  // The drawing that was left is still in memory, and still not saved.
  await expectSaved(page, 'Not saved')
})

test('a damaged entry costs what is damaged, and is told', async ({ page }) => {
  await openStudio(page)
  await drag(page, STROKES.smile)
  await expectSaved(page)
  const ink = await inkAmount(page)
  await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))
    const database = await answer(indexedDB.open('face-studio'))
    const store = database.transaction('sketches', 'readwrite').objectStore('sketches')
    const [row] = await answer(store.getAll())
    const { look: _gone, ...rest } = row
    await answer(store.put({ ...rest, tags: 'smile' }))
    database.close()
  })
  await page.reload()
  await expect(page.locator('.toast')).toContainText('The entries of 1 sketch were damaged')
  expect(await inkAmount(page)).toBe(ink)
  await button(page, 'Sketches').click()
  await expect(page.getByRole('dialog', { name: 'Sketches' }).getByRole('listitem')).toHaveCount(1)
})
