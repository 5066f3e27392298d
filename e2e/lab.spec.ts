/** The lab: the thesis's drawings in two models, their projections, and spreads that are those of docs/lab.md; how it is stopped, left and looked at. */
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, type Page, test } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { button, draw, openStudio, STROKES } from './support/studio'

// Everything is computed on wasm, beside whatever else the machine does.
test.slow()

const SLOW = { timeout: 120_000 }
const MODELS = ['ablation-m1', 'ablation-ours'] as const
const lab = (page: Page) => page.getByRole('dialog', { name: 'Lab' })
const plot = (page: Page, side: 'Left' | 'Right') =>
  lab(page)
    .getByRole('region', { name: `${side} model` })
    .getByRole('img')
const choose = (page: Page, name: string) => lab(page).getByText(name, { exact: true }).first().click()
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

async function openLab(page: Page): Promise<void> {
  await openStudio(page)
  await button(page, 'Lab').click()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
  await isShown(page)
}

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

async function isShown(page: Page): Promise<void> {
  for (const side of ['Left', 'Right'] as const) await expect(plot(page, side)).toHaveAttribute('data-fraction', '1', SLOW)
}

/** Cells of a model's table in docs/lab.md, by group. */
function documented(model: string): Record<string, string[]> {
  const text = readFileSync(new URL('../docs/lab.md', import.meta.url), 'utf8')
  const section = text.split('\n### ').find((part) => part.includes(`(${model},`)) ?? ''
  const rows = section
    .split('\n')
    .filter((row) => row.startsWith('| '))
    .slice(1)
  return Object.fromEntries(
    rows
      .map((row) =>
        row
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .map(([id = '', ...cells]) => [id, cells]),
  )
}

/** A row of both models' tables in words. */
function spoken(row: string): string {
  return MODELS.map((model, i) => `${['M1', 'Ours'][i]}, L0 to L4, in percent: ${documented(model)[row]?.join(', ')}.`).join(' ')
}

/** Cells of the row of docs/lab.md that begins with a model, its norms, and so many numbers. */
function documentedEdit(model: string, norms: string, count: number): string[] {
  const text = readFileSync(new URL('../docs/lab.md', import.meta.url), 'utf8')
  const rows = text.split('\n').filter((row) => row.startsWith(`| ${model} | ${norms} |`))
  const cells = rows.map((row) => row.split('|').slice(3, -1))
  return (cells.find(({ length }) => length === count) ?? []).map((cell) => cell.trim())
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

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${await readFile(axePath, 'utf8')}; undefined`)
  const results = (await page.evaluate(`axe.run(document, { rules: { region: { enabled: false } } })`)) as AxeResults
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
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

test('one edit is seen as it spreads, and its strongest channels, with the norms as they are and held', async ({ page }) => {
  await openStudio(page)
  await button(page, 'Lab').click()
  // While the drawings' features are still being computed.
  await choose(page, 'One edit')
  const row = (side: string, pass: string) => lab(page).locator(`.lab-change-row[data-side="${side}"] [data-pass="${pass}"] figcaption`)
  await expect(row('right', 'held')).toHaveCount(5, SLOW)
  const shares = async (side: string, pass: string) =>
    (await row(side, pass).allTextContents()).map((text) => /: ([\d.]+) %/.exec(text)?.[1])
  // Through all of M1 at once; in ours, which has no norm there, round the lines alone; and round them everywhere with the statistics held.
  for (const [side, model] of [
    ['left', 'M1'],
    ['right', 'Ours'],
  ] as const) {
    for (const [pass, norms] of [
      ['plain', 'as they are'],
      ['held', 'held'],
    ] as const)
      expect(await shares(side, pass), `${model}, ${norms}`).toEqual(documentedEdit(model, norms, 10).slice(0, 5))
  }
  expect(Number(documentedEdit('M1', 'as they are', 10)[0])).toBeGreaterThan(90)
  expect(Number(documentedEdit('Ours', 'as they are', 10)[0])).toBeLessThan(15)
  await expect(row('right', 'plain').nth(0)).toContainText('no norm')
  await expect(row('right', 'plain').nth(2)).toContainText(/norm [\d.]+ %/)

  const channels = (side: string) => lab(page).locator(`.lab-channel-row[data-side="${side}"] figure`)
  await expect(channels('left')).toHaveCount(6)
  await expect(channels('left').first()).toContainText(/%, held [\d.]+ %mean .+ → .+, deviation .+ → /)
  await expect(channels('right').first()).not.toContainText('deviation')
  const before = await channels('right').allTextContents()
  await choose(page, 'L3')
  await expect(lab(page).getByRole('heading', { name: 'The strongest channels of L3' })).toBeVisible()
  await expect(channels('right').first()).toContainText('deviation', SLOW)
  expect(await channels('right').allTextContents()).not.toEqual(before)

  await lab(page).getByRole('button', { name: 'Previous drawing' }).click()
  await expect(lab(page).getByText('so nothing moves')).toBeVisible()
  await expect(row('left', 'plain').first()).toContainText('L0: 0.0 %', SLOW)
})

test('the ablation answers a line that is drawn in the lab, and the page’s last stroke', async ({ page }) => {
  await openStudio(page)
  await draw(page, STROKES.smile)
  await button(page, 'Lab').click()
  await choose(page, 'One edit')
  const ablation = lab(page).getByRole('region', { name: 'The ablation on this edit' })
  const reach = async (): Promise<Record<string, [number, number]>> => {
    await expect(lab(page).getByText('This edit is computed.')).toBeVisible(SLOW)
    const figures = ablation.locator('figure')
    await expect(figures.locator('canvas')).toHaveCount(12)
    return figures.evaluateAll((all) =>
      Object.fromEntries(
        (all as HTMLElement[]).map((figure) => {
          const { inside, outside } = figure.querySelector<HTMLElement>('.lab-reach')?.dataset ?? {}
          return [figure.dataset.contestant ?? '', [Number(inside), Number(outside)]]
        }),
      ),
    )
  }
  const group = await reach()
  expect(Object.keys(group)).toEqual(['ablation-m1', 'ablation-ours', 'ablation-ours held', 'ablation-m2'])
  for (const [key, model, norms] of [
    ['ablation-m1', 'M1', 'as they are'],
    ['ablation-ours', 'Ours', 'as they are'],
    ['ablation-ours held', 'Ours', 'held'],
    ['ablation-m2', 'M2', 'as they are'],
  ] as const)
    expect(
      group[key]?.map((value) => value.toFixed(2)),
      key,
    ).toEqual(documentedEdit(model, norms, 4).slice(0, 2))

  const paper = lab(page).locator('.lab-pen')
  const box = await paper.boundingBox()
  if (!box) throw new Error('There is no paper.')
  await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.62 * box.height)
  await page.mouse.down()
  await page.mouse.move(box.x + 0.74 * box.width, box.y + 0.66 * box.height, { steps: 8 })
  await page.mouse.up()
  await expect(paper).toHaveAccessibleName('Your edit')
  await expect(lab(page).getByText('This edit: ').or(lab(page).getByText('This edit is computed.'))).toBeVisible()
  const line = await reach()
  expect(line).not.toEqual(group)
  for (const [model, [inside, outside]] of Object.entries(line)) {
    // A short line on the cheek changes most where it is, in every model.
    expect(inside, model).toBeGreaterThan(outside)
    expect(outside, model).toBeLessThan(group[model]?.[1] ?? 0)
  }
  expect(line['ablation-ours held']).not.toEqual(line['ablation-ours'])

  await lab(page).getByRole('button', { name: 'Last stroke of my page' }).click()
  const stroke = await reach()
  expect(stroke).not.toEqual(line)
  await lab(page).getByRole('button', { name: 'Drop my edit' }).click()
  expect(await reach()).toEqual(group)
})

test('teaches in six pictures why norms spread an edit, made of the edit in hand', async ({ page }) => {
  await openStudio(page)
  await button(page, 'Lab').click()
  await choose(page, 'Why it spreads')
  const figures = lab(page).locator('.lab-why figure')
  const ready = () => expect(lab(page).getByText('This edit is computed.')).toBeVisible(SLOW)
  await ready()
  await expect(lab(page).locator('.lab-why figure[data-ready]')).toHaveCount(6)
  await expect(lab(page).locator('.lab-why figure').getByRole('img')).toHaveCount(6)
  const share = async (place: number) =>
    Number(/([\d.]+) % of/.exec((await figures.nth(place).locator('figcaption').textContent()) ?? '')?.[1])
  await expect(figures.nth(0)).toContainText('The edit leaves it alone')
  const [near, everywhere] = [await share(1), await share(3)]
  expect(near).toBeLessThan(15)
  expect(everywhere).toBeGreaterThan(90)
  await expect(figures.nth(1)).toContainText(`can move: ${near.toFixed(1)} %`)
  // Held, M1 moves where a convolution does, and nowhere else.
  await expect(figures.nth(4)).toContainText(`measured before the edit: ${near.toFixed(1)} %`)
  await expect(figures.nth(5).locator('rect[data-kind="after"]')).toHaveCount(5)
  const before = await figures.allTextContents()
  await lab(page).getByRole('button', { name: 'Next drawing' }).click()
  await ready()
  await expect(lab(page).locator('.lab-why figure[data-ready]')).toHaveCount(6)
  expect(await figures.allTextContents()).not.toEqual(before)
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
