/** A film of the drawing: what is in the file, as a player shows it; and the pen while it is made. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { button, draw, expectSaved, face, facePixels, meanDifference, openStudio, STROKES } from './support/studio'

const SIDE = 360

async function openDialog(page: Page) {
  await button(page, 'File').click()
  await page.getByRole('menuitem', { name: 'Film of the drawing…' }).click()
  return page.getByRole('dialog', { name: 'Film of the drawing' })
}

async function madeFilm(page: Page, choose: readonly string[]): Promise<{ name: string; bytes: Buffer }> {
  const dialog = await openDialog(page)
  for (const choice of choose) await dialog.getByText(choice, { exact: true }).click()
  const waiting = page.waitForEvent('download', { timeout: 90_000 })
  await dialog.getByRole('button', { name: 'Make the film' }).click()
  const download = await waiting
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** RGBA of a video at some of its times, in its own size. */
async function played(page: Page, bytes: Buffer, at: 'start' | 'end') {
  const blank = await page.context().newPage()
  try {
    return await blank.evaluate(
      async ([data, where]) => {
        const video = document.createElement('video')
        video.muted = true
        video.src = `data:video/webm;base64,${data}`
        await new Promise((done, failed) => {
          video.onloadeddata = done
          video.onerror = () => failed(new Error(video.error?.message))
        })
        const seconds = video.duration
        video.currentTime = where === 'end' ? seconds - 0.05 : 0.05
        await new Promise((done) => {
          video.onseeked = done
        })
        const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
        const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
        context.drawImage(video, 0, 0)
        return {
          seconds,
          width: canvas.width,
          height: canvas.height,
          pixels: [...context.getImageData(0, 0, canvas.width, canvas.height).data],
        }
      },
      [bytes.toString('base64'), at] as const,
    )
  } finally {
    await blank.close()
  }
}

/** Dark pixels of a film's left half. */
function inkOf({ pixels, width, height }: { pixels: number[]; width: number; height: number }): number {
  let dark = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < height; x++) if ((pixels[4 * (y * width + x)] ?? 255) < 100) dark++
  return dark
}

test('a film goes from the empty page to the drawing, its face beside it, while the pen draws on', async ({ page }) => {
  await openStudio(page, { liveOnly: true })
  for (const stroke of [STROKES.hair, STROKES.leftBrow, STROKES.smile]) await draw(page, stroke)
  await expectSaved(page)
  const last = await facePixels(page)
  const sizePx = Math.sqrt(last.length / 4)

  const dialog = await openDialog(page)
  await dialog.getByText(`${SIDE} px`, { exact: true }).click()
  const waiting = page.waitForEvent('download', { timeout: 90_000 })
  await dialog.getByRole('button', { name: 'Make the film' }).click()
  await expect(page.getByRole('region', { name: 'Making the film…' })).toBeVisible()
  // What is drawn now is no part of it, and its face does not wait for the film.
  await draw(page, STROKES.mouth)
  const download = await waiting
  expect(download.suggestedFilename()).toMatch(/-film\.webm$/)
  const bytes = await readFile(await download.path())
  await expect(page.getByRole('region', { name: 'Making the film…' })).toBeHidden()

  const start = await played(page, bytes, 'start')
  expect([start.width, start.height]).toEqual([2 * SIDE, SIDE])
  expect(start.seconds).toBeGreaterThan(3)
  expect(inkOf(start)).toBe(0)
  const end = await played(page, bytes, 'end')
  expect(inkOf(end)).toBeGreaterThan(300)
  // The face of the last frame is the one that stood on the screen, as a video has it.
  const shown = Uint8Array.from(last, (_, i) => {
    const [at, channel] = [Math.floor(i / 4), i % 4]
    const [x, y] = [Math.floor(((at % sizePx) + 0.5) * (SIDE / sizePx)), Math.floor((Math.floor(at / sizePx) + 0.5) * (SIDE / sizePx))]
    return end.pixels[4 * (y * end.width + SIDE + x) + channel] ?? 0
  })
  expect(meanDifference(shown, last)).toBeLessThan(8)
  expect(bytes.toString('latin1')).toContain('is no evidence of anybody')
})

test('where video cannot be encoded it is an animated PNG, and says so before', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'VideoEncoder'))
  await openStudio(page)
  await draw(page, STROKES.hair)
  await draw(page, STROKES.smile)
  const dialog = await openDialog(page)
  await expect(dialog.getByText(/cannot encode video/)).toBeVisible()
  await page.keyboard.press('Escape')
  const { name, bytes } = await madeFilm(page, ['Stroke by stroke', 'Drawing', 'Fast', `${SIDE} px`])
  expect(name).toMatch(/-film\.png$/)
  const frames = await page.evaluate(async (data) => {
    const decoder = new ImageDecoder({ type: 'image/png', data: Uint8Array.from(atob(data), (character) => character.charCodeAt(0)) })
    await decoder.tracks.ready
    await decoder.completed
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0
    const { image } = await decoder.decode({ frameIndex: count - 1 })
    return { count, width: image.displayWidth, height: image.displayHeight }
  }, bytes.toString('base64'))
  expect(frames).toMatchObject({ width: SIDE, height: SIDE })
  // The empty page, and three steps of either stroke at least.
  expect(frames.count).toBeGreaterThanOrEqual(7)
})

test('a film is stopped, and nothing comes of it', async ({ page }) => {
  await openStudio(page)
  for (const stroke of [STROKES.hair, STROKES.leftBrow, STROKES.smile]) await draw(page, stroke)
  const dialog = await openDialog(page)
  await dialog.getByText('Slow', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Make the film' }).click()
  const downloads: string[] = []
  page.on('download', (download) => downloads.push(download.suggestedFilename()))
  await button(page, 'Stop the film').click()
  await expect(page.getByRole('region', { name: 'Making the film…' })).toBeHidden()
  await draw(page, STROKES.mouth)
  await expect(face(page)).toBeVisible()
  expect(downloads).toEqual([])
})
