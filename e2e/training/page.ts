/** Runs in a page: the training worker by its client, without the studio's screens. Bundled by the test beside it. */

import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import { openDataSets } from '../../src/storage/dataSets'
import { openOwnModels } from '../../src/storage/ownModels'
import { openTrainingRuns } from '../../src/storage/trainingRuns'
import { InferenceClient } from '../../src/workers/client'
import { TrainingClient } from '../../src/workers/trainingClient'
import type { TrainingEvent, TrainingOptions } from '../../src/workers/trainingProtocol'

export interface TrainingPage {
  readonly client: TrainingClient
  readonly events: TrainingEvent[]
  /** Pairs of a face and the same in other colours; the last one is held out. @returns the data set's id */
  makeSet(count: number, sizePx: number, kind?: 'pairs' | 'unpaired'): Promise<string>
  options(dataSetId: string, changes: Partial<TrainingOptions>): TrainingOptions
  run(runId: string): Promise<{ state: string; step: number; figures: readonly { step: number; l1: number }[]; error: string | null }>
  samples(runId: string): Promise<{ step: number; names: string[] }[]>
  /** Mean colour of what a model of this machine makes of a grey photo. */
  paint(modelId: string): Promise<number[]>
  /** The exported zip, as base64. */
  exported(modelId: string): Promise<string>
  /** Exports, imports and removes. @returns names before, after the import, and after the removal of the first one */
  comings(modelId: string): Promise<string[][]>
}

declare global {
  interface Window {
    trainingPage: TrainingPage
  }
}

const modelsUrl = new URL('/models/', location.href).href
const client = new TrainingClient({ modelsUrl, forceBackend: 'wasm' })
const events: TrainingEvent[] = []
client.onEvent((_, event) => events.push(event))

async function picture(draw: (context: OffscreenCanvasRenderingContext2D) => void, sizePx: number) {
  const canvas = new OffscreenCanvas(sizePx, sizePx)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  draw(context)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return { mime: 'image/png', bytes: new Uint8Array(await blob.arrayBuffer()) } as const
}

window.trainingPage = {
  client,
  events,

  async makeSet(count, sizePx, kind = 'pairs') {
    const face = await createImageBitmap(await (await fetch('/example/person.jpg')).blob())
    const sets = await openDataSets()
    const landmarks = MEAN_LANDMARKS.flat()
    const dataSetId = await sets.create('Faces', kind)
    for (let i = 0; i < count; i++) {
      const photo = (filter: string) => (context: OffscreenCanvasRenderingContext2D) => {
        context.filter = `brightness(${0.8 + 0.1 * i}) ${filter}`
        context.drawImage(face, 0, 0, sizePx, sizePx)
      }
      const [a, b] = [await picture(photo(''), sizePx), await picture(photo('hue-rotate(140deg) contrast(1.4)'), sizePx)]
      await sets.putItems([{ dataSetId, id: `${i}`, name: `Face ${i}`, heldOut: i === count - 1, a, b, landmarks, regions: null }])
    }
    sets.close()
    return dataSetId
  },

  options: (dataSetId, changes) => ({
    ...{ name: 'Mine', method: 'cartoon', dataSetId, parent: { shipped: 'cartoon' }, seed: 4, sizePx: 256, cropPx: 32, batch: 1, steps: 6 },
    ...{ decayFrom: 1, trainingMs: null, checkpointEveryMs: 1e9, sampleEverySteps: 3, layers: 'late', averageDecay: 0.9 },
    ...{ controls: { adversarialFromStep: 2 } },
    augmentation: { mirror: true, shiftPx: 0, turnDegrees: 0, crop: 0.1, colour: 0.05, light: 0.05 },
    ...changes,
  }),

  async run(runId) {
    const runs = await openTrainingRuns()
    const row = await runs.load(runId)
    runs.close()
    if (!row) throw new Error('no such run')
    return { state: row.state, step: row.step, figures: row.figures, error: row.error?.code ?? null }
  },

  async samples(runId) {
    const runs = await openTrainingRuns()
    const rows = await runs.samples(runId)
    runs.close()
    return rows.map(({ step, rows: grid }) => ({ step, names: Object.keys(grid[0] ?? {}) }))
  },

  async paint(modelId) {
    const inference = new InferenceClient()
    inference.start({ modelsUrl, model: null, forceBackend: 'wasm', exclude: [] })
    await new Promise<void>((resolve) => inference.store.subscribe(({ status }) => status === 'ready' && resolve()))
    const made = await inference.paint({ checkpoint: modelId }, async ({ sizePx }) => ({
      photo: new Uint8ClampedArray(4 * sizePx ** 2).fill(128).map((value, i) => (i % 4 === 3 ? 255 : value)),
      face: null,
      strength: 1,
    }))
    inference.dispose()
    const pixels = made?.pixels ?? new Uint8ClampedArray()
    return [0, 1, 2].map((channel) => {
      let sum = 0
      for (let i = channel; i < pixels.length; i += 4) sum += pixels[i] as number
      return sum / (pixels.length / 4)
    })
  },

  async exported(modelId) {
    const bytes = new Uint8Array(await (await client.exportModel(modelId)).arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  },

  async comings(modelId) {
    const models = await openOwnModels()
    const names = async () => (await models.list()).map(({ name }) => name)
    const before = await names()
    const imported = await client.importModel(await client.exportModel(modelId))
    await models.rename(imported, 'Mine again')
    const between = await names()
    await models.remove(modelId)
    const after = await names()
    models.close()
    return [before, between, after]
  },
}
