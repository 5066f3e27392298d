/** The lab's edits: how one spreads through two encoders, the ablation on it, a line drawn there, and the lesson; the figures are those of docs/lab.md. */
import { expect, test } from '@playwright/test'
import { choose, documentedEdit, lab, SLOW } from './support/lab'
import { button, draw, openStudio, STROKES } from './support/studio'

// Everything is computed on wasm, beside whatever else the machine does.
test.slow()

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
