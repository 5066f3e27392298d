/** What the lab's journeys do and know: its views, its plots, and the figures of docs/lab.md. */

import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { button, openStudio } from './studio'

export const SLOW = { timeout: 120_000 }
export const MODELS = ['ablation-m1', 'ablation-ours'] as const
export const lab = (page: Page) => page.getByRole('dialog', { name: 'Lab' })
export const plot = (page: Page, side: 'Left' | 'Right') =>
  lab(page)
    .getByRole('region', { name: `${side} model` })
    .getByRole('img')
export const choose = (page: Page, name: string) => lab(page).getByText(name, { exact: true }).first().click()

export async function openLab(page: Page): Promise<void> {
  await openStudio(page)
  await button(page, 'Lab').click()
  await expect(lab(page).getByText('All features are there.')).toBeVisible(SLOW)
  await isShown(page)
}

export async function isShown(page: Page): Promise<void> {
  for (const side of ['Left', 'Right'] as const) await expect(plot(page, side)).toHaveAttribute('data-fraction', '1', SLOW)
}

/** Cells of a model's table in docs/lab.md, by group. */
export function documented(model: string): Record<string, string[]> {
  const text = readFileSync(new URL('../../docs/lab.md', import.meta.url), 'utf8')
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

/** Cells of the row of docs/lab.md that begins with a model, its norms, and so many numbers. */
export function documentedEdit(model: string, norms: string, count: number): string[] {
  const text = readFileSync(new URL('../../docs/lab.md', import.meta.url), 'utf8')
  const rows = text.split('\n').filter((row) => row.startsWith(`| ${model} | ${norms} |`))
  const cells = rows.map((row) => row.split('|').slice(3, -1))
  return (cells.find(({ length }) => length === count) ?? []).map((cell) => cell.trim())
}
