/** What axe-core finds on the page as it stands. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Rule and places, one line each. */
export async function violations(page: Page): Promise<string[]> {
  // A string: the page's policy lets no script in, but the browser's own console may evaluate.
  await page.evaluate(`${await readFile(axePath, 'utf8')}; undefined`)
  // Menus hang outside the landmarks by design of the library.
  const results = (await page.evaluate(`axe.run(document, { rules: { region: { enabled: false } } })`)) as AxeResults
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
