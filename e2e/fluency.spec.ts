/** 300 strokes on the page: strokes are taken as fast as they come, whatever the generator does. How long tasks are is measured by the benchmark. */
import { expect, test } from '@playwright/test'
import { drag, draw, dropFile, inkAmount, openStudio, type Point, revision } from './support/studio'

const STROKE_COUNT = 300

/** A project of wavy lines all over the page. */
function crowdedProject(): Uint8Array {
  const strokes = Array.from({ length: STROKE_COUNT }, (_, i) => ({
    id: `stroke-${i}`,
    part: 'hair',
    partIsChosen: false,
    widthPx: 2,
    usesPressure: true,
    points: Array.from({ length: 40 }, (_, k) => [
      20 + ((i * 37) % 440) + k,
      20 + ((i * 61) % 460) + 10 * Math.sin(k / 4 + i),
      0.5 + 0.3 * Math.sin(k / 7),
    ]).flat(),
  }))
  const document = { version: 1, id: 'crowded', name: 'Crowded', tags: [], strokes }
  return new TextEncoder().encode(JSON.stringify({ format: 'face-studio-project', version: 1, look: {}, document }))
}

test('quick strokes are all taken with 300 on the page', async ({ page }) => {
  await openStudio(page)
  await dropFile(page, { name: 'crowded.json', mime: 'application/json', bytes: crowdedProject() })
  await expect(page.getByText(`“Crowded” is open with ${STROKE_COUNT} strokes.`)).toBeVisible()
  await draw(page, [
    [60, 60],
    [300, 90],
  ])
  await expect.poll(() => inkAmount(page)).toBeGreaterThan(10_000)

  // Quick strokes one after another, none waiting for a face: every one of them counts, and the face ends at the newest.
  const before = await revision(page)
  for (let i = 0; i < 6; i++) {
    const wave: Point[] = Array.from({ length: 12 }, (_, k) => [80 + 30 * k, 120 + 40 * i + 25 * Math.sin(k)])
    await drag(page, wave, 3)
  }
  await expect.poll(() => revision(page)).toBe(before + 6)
})
