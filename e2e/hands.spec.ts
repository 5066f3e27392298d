/** Hands as they are: buttons that overlap, pens with two ends, keys that arrive in the middle of a stroke, other keyboards, input methods. */
import { expect, type Page, test } from '@playwright/test'
import { button, drag, inkAmount, openStudio, type Point, STROKES, sketch } from './support/studio'

/** Sketch pixels to the screen. */
async function at(page: Page, [x, y]: Point): Promise<[number, number]> {
  const box = await sketch(page).boundingBox()
  if (!box) throw new Error('The drawing surface is not on the screen.')
  return [box.x + (x / 512) * box.width, box.y + (y / 512) * box.height]
}

/** Keys as another layout sends them. */
async function send(page: Page, key: string, code: string, more: object = {}): Promise<void> {
  await page.evaluate(
    ({ key, code, more }) => {
      for (const type of ['keydown', 'keyup']) {
        const target = document.activeElement ?? document.body
        target.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true, composed: true, ...more }))
      }
    },
    { key, code, more },
  )
}

async function pen(page: Page, points: readonly Point[], more: { button?: number; buttons?: number } = {}): Promise<void> {
  const { button = 0, buttons = 1 } = more
  const fire = async (type: string, point: Point, init: object): Promise<void> => {
    const [clientX, clientY] = await at(page, point)
    const event = { bubbles: true, cancelable: true, pointerId: 11, pointerType: 'pen', isPrimary: true, clientX, clientY, ...init }
    await sketch(page).evaluate((surface, { type, event }) => surface.dispatchEvent(new PointerEvent(type, event)), { type, event })
  }
  const [first = [0, 0], ...rest] = points
  await fire('pointerdown', first, { button, buttons, pressure: 0.8 })
  for (const point of rest) await fire('pointermove', point, { button: -1, buttons, pressure: 0.8 })
  await fire('pointerup', points.at(-1) ?? first, { button, buttons: 0, pressure: 0 })
}

test('a stroke ends when its own button is up, and a pen erases with its other end', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await page.mouse.move(...(await at(page, [120, 380])))
  await page.mouse.down()
  await page.mouse.move(...(await at(page, [200, 380])), { steps: 5 })
  await page.mouse.down({ button: 'right' })
  await page.mouse.up()
  const ink = await inkAmount(page)
  expect(ink).toBeGreaterThan(50)
  await page.mouse.move(...(await at(page, [300, 120])), { steps: 8 })
  await page.mouse.up({ button: 'right' })
  expect(await inkAmount(page)).toBe(ink)

  await pen(
    page,
    [
      [160, 360],
      [160, 380],
      [160, 400],
    ],
    { button: 5, buttons: 32 },
  )
  expect(await inkAmount(page)).toBe(0)
  await expect(button(page, 'Pen')).toHaveAttribute('aria-pressed', 'true')
})

test('keys in the middle of a stroke harm neither it nor the one before', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await drag(page, STROKES.mouth)
  const mouth = await inkAmount(page)
  const begin = async (): Promise<void> => {
    await page.mouse.move(...(await at(page, [142, 214])))
    await page.mouse.down()
    await page.mouse.move(...(await at(page, [180, 214])), { steps: 4 })
  }
  const finish = async (): Promise<void> => {
    await page.mouse.move(...(await at(page, [220, 214])), { steps: 4 })
    await page.mouse.up()
  }
  await begin()
  await page.keyboard.press('Control+z')
  await finish()
  expect(await inkAmount(page)).toBe(mouth)

  await begin()
  await page.keyboard.press('Space')
  await finish()
  const both = await inkAmount(page)
  expect(both).toBeGreaterThan(mouth + 50)
  await button(page, 'Undo').click()

  await begin()
  await page.keyboard.press('e')
  await page.keyboard.press('+')
  await finish()
  expect(await inkAmount(page)).toBe(both)
  await expect(button(page, 'Eraser')).toHaveAttribute('aria-pressed', 'true')
})

test('Space pans wherever the focus is, and only pans', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await drag(page, STROKES.mouth)
  const ink = await inkAmount(page)
  const hold = async (): Promise<void> => {
    await page.keyboard.down('Space')
    await drag(page, [
      [256, 300],
      [256, 250],
    ])
    await page.keyboard.up('Space')
  }
  const y = (): Promise<number> =>
    sketch(page).evaluate(async (surface) => {
      for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done))
      const canvas = surface.querySelectorAll('canvas')[1]
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const first = data.findIndex((value, i) => i % 4 === 3 && value > 128)
      return Math.floor(first / 4 / (canvas?.width ?? 1))
    })
  await button(page, 'Zoom in').click()
  await button(page, 'Undo').focus()
  const before = await y()
  await hold()
  const moved = before - (await y())
  expect(moved).toBeGreaterThan(30)
  expect(await inkAmount(page)).toBeGreaterThan(ink)

  // A tool that was clicked last does not hear of it, nor does the page put its own pen down.
  await button(page, 'Mirror symmetry').click()
  await page.keyboard.press('Space')
  await expect(button(page, 'Mirror symmetry')).toHaveAttribute('aria-pressed', 'true')
  await button(page, 'Mirror symmetry').click()
  const zoomed = await inkAmount(page)
  await drag(page, STROKES.leftBrow)
  await button(page, 'Undo').click()
  await page.mouse.move(...(await at(page, [256, 256])))
  await page.mouse.down({ button: 'right' })
  await page.mouse.up({ button: 'right' })
  await sketch(page).focus()
  await page.keyboard.press('Space')
  await expect(page.locator('[data-announcer]')).not.toHaveText(/Pen down/)
  expect(await inkAmount(page)).toBe(zoomed)
})

test('shortcuts work on other keyboards, and an input method keeps its Enter', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  await drag(page, STROKES.mouth)
  await send(page, 'я', 'KeyZ', { ctrlKey: true })
  expect(await inkAmount(page)).toBe(0)
  await send(page, 'Я', 'KeyZ', { ctrlKey: true, shiftKey: true })
  expect(await inkAmount(page)).toBeGreaterThan(50)
  await send(page, 'ث', 'KeyE')
  await expect(button(page, 'Eraser')).toHaveAttribute('aria-pressed', 'true')
  await send(page, 'π', 'KeyP', { altKey: true })
  await expect(button(page, 'Eraser')).toHaveAttribute('aria-pressed', 'true')

  const name = page.getByRole('textbox', { name: 'Name of this drawing' })
  await name.click()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'ming', selectionStart: 4, selectionEnd: 4 })
  for (const key of ['Enter', 'Escape']) {
    const keys = { key, code: key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }
    await name.evaluate((input, init) => input.dispatchEvent(new KeyboardEvent('keydown', init)), keys)
    await expect(name).toBeFocused()
    await expect(name).toHaveValue('ming')
  }
  await session.send('Input.insertText', { text: '名' })
  await name.press('Enter')
  await expect(page).toHaveTitle(/^名/)
})
