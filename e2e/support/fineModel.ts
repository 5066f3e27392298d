/**
 * A fine model for journeys. None is shipped: the studio's way of refining a face when the pen rests is there for models that people train. A comparison model
 * plays the part, offered under another id and role; files, loading and faces are real.
 */
import type { Page, Route } from '@playwright/test'

const PLAYED_BY = 'ablation-ours'
const ROLE = { id: 'fine', name: { en: 'Fine', zh: '精细' }, role: 'fine', refines: 'live' }

export async function offerFineModel(page: Page): Promise<void> {
  await page.route('**/models/index.json', async (route) => {
    const response = await route.fetch()
    const index = await response.json()
    await route.fulfill({ response, json: { ...index, models: [...index.models, ROLE] } })
  })
  await page.route('**/models/fine/**', playedBy)
}

async function playedBy(route: Route): Promise<void> {
  const response = await route.fetch({ url: route.request().url().replace('/models/fine/', `/models/${PLAYED_BY}/`) })
  if (!route.request().url().includes('manifest.json')) return route.fulfill({ response })
  await route.fulfill({ response, json: { ...(await response.json()), ...ROLE } })
}
