/**
 * Models that make pictures of photos, for journeys: tiny ones with random weights, written by the studio's own writer, offered beside the shipped models.
 * Files, loading and passes are real; what they paint is no likeness of anything.
 */

import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { runnerImport } from 'vite'

interface Offered {
  readonly id: string
  readonly style: 'drawing' | 'cartoon'
  readonly channels: 1 | 3
  readonly strength?: number
}
interface Written {
  readonly files: ReadonlyMap<string, ArrayBuffer>
}

const MODELS: readonly Offered[] = [
  { id: 'tiny-drawing', style: 'drawing', channels: 1 },
  { id: 'tiny-cartoon', style: 'cartoon', channels: 3, strength: 0.75 },
]
const SIZE_PX = 64

export async function offerPictureModels(page: Page): Promise<void> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const { module } = await runnerImport<{ createPictureModel: (options: object) => Promise<Written> }>(
    fileURLToPath(new URL('../../src/inference/testPictureModel.ts', import.meta.url)),
    { root, configFile: false, logLevel: 'error' },
  )
  const files = new Map<string, ArrayBuffer>()
  for (const model of MODELS) {
    const written = await module.createPictureModel({ ...model, sizePx: SIZE_PX })
    for (const [file, data] of written.files) files.set(file, data)
  }
  await page.route('**/models/index.json', async (route) => {
    const response = await route.fetch()
    const index = await response.json()
    const offered = MODELS.map(({ id, style }) => ({ id, style, name: { en: id, zh: id }, role: 'picture' }))
    await route.fulfill({
      response,
      json: { ...index, models: [...index.models.filter(({ role }: { role: string }) => role !== 'picture'), ...offered] },
    })
  })
  await page.route('**/models/tiny-*/**', async (route) => {
    const file = new URL(route.request().url()).pathname.split('/models/')[1] ?? ''
    const data = files.get(file)
    if (data)
      await route.fulfill({
        body: Buffer.from(data),
        contentType: file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
      })
    else await route.fulfill({ status: 404, body: '' })
  })
}
