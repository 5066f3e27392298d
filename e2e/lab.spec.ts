/** The lab: the thesis's drawings in two models, their projections, and spreads that are those of docs/lab.md; how it is stopped, left and looked at. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { violations } from './support/axe'
import { choose, documented, isShown, lab, MODELS, openLab, plot, SLOW } from './support/lab'
import { latinWords } from './support/latinWords'
import { button, draw, openStudio, STROKES } from './support/studio'

// Everything is computed on wasm, beside whatever else the machine does.
test.slow()

/** Keeps the longest time between two frames of the page. */
function watchFrames(): void {
  let last = performance.now()
  let longest = 0
  const frame = (now: number): void => {
    longest = Math.max(longest, now - last)
    last = now
    document.documentElement.dataset.longestFrameMs = String(Math.round(longest))
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** A row of both models' tables in words. */
function spoken(row: string): string {
  return MODELS.map((model, i) => `${['M1', 'Ours'][i]}, L0 to L4, in percent: ${documented(model)[row]?.join(', ')}.`).join(' ')
}

async function shown(page: Page, model: string): Promise<Record<string, string[]>> {
  return page.evaluate((id) => {
    const rows = [...document.querySelectorAll<HTMLElement>('.lab-table tr[data-group]')]
    return Object.fromEntries(
      rows.map((row) => [
        row.dataset.group ?? '',
        [...row.querySelectorAll(`td[data-model="${id}"]`)].map((cell) => cell.textContent ?? ''),
      ]),
    )
  }, model)
}

test('finds the figures of docs/lab.md in two models, and projects them both ways', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await openStudio(page)
  expect(
    requests.filter((url) => /\/lab/i.test(new URL(url).pathname)),
    'nothing of it is loaded at the start',
  ).toEqual([])
  await page.evaluate(watchFrames)
  await button(page, 'Lab').click()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
  await isShown(page)
  for (const model of MODELS) {
    const figures = documented(model)
    expect(Object.keys(figures)).toHaveLength(13)
    expect(await shown(page, model), model).toEqual(figures)
  }
  // The plots say the same, and lie above the table.
  const drawn = lab(page).locator('.lab-spread-plot [role="img"]')
  await expect(drawn.nth(0)).toHaveAccessibleName(`Within, mean of the groups. ${spoken('within')}`)
  await expect(drawn.nth(1)).toHaveAccessibleName(`Between groups. ${spoken('between')}`)
  const [canvas, table] = [await drawn.nth(0).locator('canvas').boundingBox(), await lab(page).locator('.lab-table').boundingBox()]
  expect((canvas?.y ?? 0) + (canvas?.height ?? 0)).toBeLessThanOrEqual(table?.y ?? 0)
  // What the thesis shows: an edit elsewhere does not reach the first layer of ours, and does that of M1.
  await expect(plot(page, 'Left')).toHaveAccessibleName(/^198 different vectors of 200 drawings\./)
  await expect(plot(page, 'Right')).toHaveAccessibleName(/^46 different vectors of 200 drawings\./)

  await choose(page, 't-SNE')
  await choose(page, 'L3')
  await isShown(page)
  await expect(lab(page).locator('.lab-plot path')).toHaveCount(400)
  const places = () =>
    plot(page, 'Right')
      .locator('path')
      .evaluateAll((paths) => new Set(paths.map((path) => path.getAttribute('transform'))).size)
  expect(await places()).toBeGreaterThan(150)
  // Whatever was computed, the page went on; on a busy machine a frame takes its time.
  expect(await page.evaluate(() => Number(document.documentElement.dataset.longestFrameMs))).toBeLessThan(4000)
  expect(requests.filter((url) => !url.startsWith(new URL(page.url()).origin) && !/^(blob|data):/.test(url))).toEqual([])
})

test('a dot shows its drawing, a group can be left out, and files leave', async ({ page }) => {
  await openLab(page)
  const name = lab(page).getByRole('region', { name: 'Drawing', exact: true }).getByRole('paragraph').first()
  await expect(name).toHaveText('Hair added, 2')
  await lab(page).getByRole('button', { name: 'Previous drawing' }).click()
  await lab(page).getByRole('button', { name: 'Previous drawing' }).click()
  await expect(name).toHaveText('Nose, eyes of “Mouth”, 19')
  // The first dot of the last group: whatever lies there is shown.
  const dot = await plot(page, 'Left').locator('path').nth(120).boundingBox()
  await page.mouse.move((dot?.x ?? 0) + (dot?.width ?? 0) / 2, (dot?.y ?? 0) + (dot?.height ?? 0) / 2)
  await expect(name).not.toHaveText('Nose, eyes of “Mouth”, 19')

  await lab(page).getByRole('checkbox', { name: 'Doodles 12' }).click()
  await isShown(page)
  await expect(plot(page, 'Right').locator('path')).toHaveCount(188)

  // Little or nothing is told plainly.
  const groups = lab(page).getByRole('checkbox')
  for (let i = 1; i < (await groups.count()); i++) if (await groups.nth(i).isChecked()) await groups.nth(i).click()
  await expect(plot(page, 'Right')).toHaveAccessibleName(/^All 26 drawings have the same vector to the last bit/)
  await groups.nth(0).click()
  await expect(plot(page, 'Left')).toHaveAccessibleName(/^No group takes part/)
  await lab(page).getByRole('button', { name: 'Add to a group' }).click()
  await expect(plot(page, 'Left')).toHaveAccessibleName(/^One drawing alone/)
  await expect(lab(page).locator('tr[data-group="between"] td').first()).toHaveText('–')
  await groups.nth(0).click()
  await isShown(page)

  for (const [label, file] of [
    ['Table (CSV)', 'lab-spreads.csv'],
    ['SVG', 'lab-pca-L0.svg'],
    ['PNG', 'lab-pca-L0.png'],
  ] as const) {
    const saving = page.waitForEvent('download')
    await lab(page).getByRole('button', { name: label }).click()
    const download = await saving
    expect(download.suggestedFilename()).toBe(file)
    expect((await readFile(await download.path())).length).toBeGreaterThan(1000)
  }
})

test('what a lasso catches becomes a group, and so does one part dragged; a feature’s view is drawn at every layer', async ({ page }) => {
  await openLab(page)
  const fields = lab(page).locator('.lab-fields rect')
  await expect(fields).toHaveCount(5)
  const widths = await fields.evaluateAll((all) => all.map((rect) => Number(rect.getAttribute('width'))))
  expect(widths.map((width) => (width / 512) * 128)).toEqual([7, 9, 13, 21, 37])

  // Round the whole plot of M1, so that each drawing is caught once.
  await choose(page, 'Lasso a group')
  const box = await plot(page, 'Left').boundingBox()
  if (!box) throw new Error('There is no plot.')
  const corners = [
    [0.01, 0.01],
    [0.99, 0.01],
    [0.99, 0.99],
    [0.01, 0.99],
  ] as const
  for (const [i, [x, y]] of corners.entries()) {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 3 })
    if (i === 0) await page.mouse.down()
  }
  await page.mouse.up()
  await expect(lab(page).getByRole('checkbox', { name: 'Lasso 1 200' })).toBeVisible()
  await expect(plot(page, 'Left').locator('path')).toHaveCount(400, SLOW)
  await isShown(page)
  // The same vectors, so the same places: nothing was asked for again, and nothing has moved.
  await expect(plot(page, 'Left')).toHaveAccessibleName(/^198 different vectors of 400 drawings\./)
  await lab(page).getByRole('button', { name: 'Drop the group “Lasso 1”' }).click()
  await expect(plot(page, 'Left').locator('path')).toHaveCount(200, SLOW)
  await lab(page).getByRole('button', { name: 'Add to a group' }).click()
  await expect(lab(page).getByRole('checkbox', { name: 'Lasso 1 1' })).toBeVisible()
  await expect(lab(page).locator('tr[data-group="lasso1"] td').first()).toHaveText('–')

  await choose(page, 'Drag a part')
  await lab(page).locator('.lab-drag').scrollIntoViewIfNeeded()
  const paper = await lab(page).locator('.lab-drag').boundingBox()
  if (!paper) throw new Error('There is no paper.')
  const at = (x: number, y: number) => [paper.x + (x / 512) * paper.width, paper.y + (y / 512) * paper.height] as const
  await page.mouse.move(...at(256, 384))
  await page.mouse.down()
  await page.mouse.move(...at(256, 420), { steps: 6 })
  await page.mouse.up()
  const dragged = lab(page).getByRole('checkbox', { name: 'Mouth dragged, 1 18' })
  await expect(dragged).toBeVisible()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
  // A mouth that moves does not reach the eye corner in the first layers of ours, and does in M1.
  const cells = lab(page).locator('tr[data-group="dragged1"] td')
  await expect(cells.nth(0)).not.toHaveText('=')
  await expect(cells.nth(5)).toHaveText('=')
  await lab(page).getByLabel('Down', { exact: true }).fill('1')
  await lab(page).getByRole('button', { name: 'Make 18 drawings' }).click()
  await expect(lab(page).getByText('The part was hardly moved. Drag it farther.')).toBeVisible()
})

test('can be stopped, looks at another place, and takes own sketches', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await button(page, 'Lab').click()
  await lab(page).getByRole('button', { name: 'Cancel' }).click(SLOW)
  await expect(lab(page).getByText('Not all features have been computed.')).toBeVisible()
  await lab(page).getByRole('button', { name: 'Compute' }).click()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)

  await lab(page).getByLabel('x', { exact: true }).fill('256')
  await page.keyboard.press('Enter')
  await expect(lab(page).getByText(/drawing \d+ of 200/)).toBeVisible()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
  await lab(page).getByRole('button', { name: 'Add my sketches' }).click()
  await expect(lab(page).getByRole('checkbox', { name: 'My sketches 1' })).toBeVisible()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('says everything in Chinese, in every view', async ({ page }) => {
    await openStudio(page)
    await button(page, '实验室').click()
    const dialog = page.getByRole('dialog', { name: '实验室' })
    for (const [view, done] of [
      ['一次修改', '本次修改已算完'],
      ['为何扩散', '本次修改已算完'],
      ['特征点', '全部特征已就绪'],
    ] as const) {
      await dialog.getByText(view, { exact: true }).first().click()
      await expect(dialog.getByText(done)).toBeVisible(SLOW)
      expect(await latinWords(page), view).toEqual([])
    }
    await dialog.getByText('拖动部位', { exact: true }).click()
    await dialog.getByRole('button', { name: '生成 18 幅' }).click()
    await expect(dialog.getByRole('checkbox', { name: '拖动嘴 1 18' })).toBeVisible()
    expect(await latinWords(page)).toEqual([])
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('has no barrier that axe finds, on desks and phones', async ({ page }) => {
      await openStudio(page)
      await button(page, 'Lab').click()
      for (const [view, shown] of [
        ['One edit', '.lab-channel-row[data-side="right"] figure'],
        ['Why it spreads', '.lab-why figure[data-ready] .lab-bars'],
        ['Points', '.lab-plot path'],
      ] as const) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await choose(page, view)
        await expect(lab(page).locator(shown).first()).toBeVisible(SLOW)
        expect(await violations(page), `${view}, desk`).toEqual([])
        await page.setViewportSize({ width: 390, height: 844 })
        expect(await violations(page), `${view}, phone`).toEqual([])
        expect(await lab(page).evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth)).toBe(true)
      }
    })
  })
}
