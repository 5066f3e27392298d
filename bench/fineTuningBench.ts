/**
 * How much fine-tuning gains: a shipped model learns a style that it does not know by the studio's own run, on wasm in Node, with the defaults that the studio offers. The
 * cartoon: cartoons of a folder of faces, recoloured; the portrait drawing: drawings by another pen. The figure is the mean absolute difference to the true picture on
 * people that were held out, in 1/255.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodePicture } from '../src/cli/decodePicture'
import { nodeBackends, readFrom } from '../src/cli/platform'
import { readParent } from '../src/inference/trainedModel'
import { type PlainPicture, STANDARD_AUGMENTATION } from '../src/shared/augment'
import { resizeSquare } from '../src/shared/image'
import { definitionOf } from '../src/training/methods'
import type { CheckpointRow, ParentModel, RunRow, TrainingPlatform } from '../src/training/ports'
import { TrainingService } from '../src/training/service'
import type { TrainingEvent, TrainingOptions, TrainingPicture } from '../src/workers/trainingProtocol'

interface FineTuningReport {
  people: { training: number; heldOut: number }
  options: Pick<TrainingOptions, 'cropPx' | 'steps' | 'layers' | 'batch' | 'controls'>
  /** Of held-out pictures, in 1/255; `cpuMinutes` are of one thread, which is all that wasm uses. */
  figures: { step: number; l1: number; minutes: number; cpuMinutes: number }[]
  /** Of the parent's figure, 0–1. */
  gain: number
}

/** As many as a person brings. */
const [TRAINING, HELD_OUT] = [24, 8]
const HOST = { modelsUrl: '', forceBackend: 'wasm' } as const

/** @param folder with `photo/`, and `toon/` (for the cartoon) or `pen/`, `mask/` and `faces.jsonl` (for the portrait drawing) */
export async function benchFineTuning(models: string, folder: string, steps: number | null): Promise<FineTuningReport> {
  const isCartoon = existsSync(join(folder, 'toon'))
  const items = isCartoon ? readToons(folder) : readDrawings(folder)
  const [method, parent] = isCartoon ? (['cartoon', 'cartoon'] as const) : (['portraitDrawing', 'drawing'] as const)
  const { defaults } = definitionOf(method).description
  const options: TrainingOptions = {
    ...{ ...defaults, name: 'fine-tuned', method, dataSetId: folder, parent: { shipped: parent }, seed: 1 },
    ...{ trainingMs: null, augmentation: STANDARD_AUGMENTATION, controls: {}, steps: steps ?? defaults.steps },
  }
  const service = new TrainingService(nodePlatform(models, items))
  const runId = await service.create(options)
  const figures: FineTuningReport['figures'] = []
  const [began, cpuBegan] = [performance.now(), process.cpuUsage()]
  const onEvent = (event: TrainingEvent): void => {
    if (event.kind !== 'sample' || event.l1 === null) return
    const { user, system } = process.cpuUsage(cpuBegan)
    const minutes = (performance.now() - began) / 60_000
    figures.push({ step: event.step, l1: round(event.l1), minutes: round(minutes), cpuMinutes: round((user + system) / 60_000_000) })
    process.stderr.write(`bench: step ${event.step}: ${event.l1.toFixed(2)}/255 after ${minutes.toFixed(1)} minutes\n`)
  }
  await service.run(runId, {}, HOST, onEvent)
  const [first, last] = [figures[0]?.l1 ?? Number.NaN, figures.at(-1)?.l1 ?? Number.NaN]
  const { cropPx, layers, batch, controls } = options
  return {
    people: { training: items.filter(({ heldOut }) => !heldOut).length, heldOut: items.filter(({ heldOut }) => heldOut).length },
    options: { cropPx, steps: options.steps, layers, batch, controls },
    figures,
    gain: round(1 - last / first),
  }
}

const round = (value: number) => Number(value.toFixed(2))

/** Another palette: the colours turned round (red becomes green, green blue, blue red) and darker. */
function recoloured({ sizePx, channels, data }: PlainPicture): PlainPicture {
  const turned = new Uint8ClampedArray(data.length)
  for (let i = 0; i < data.length; i += 3) {
    for (let channel = 0; channel < 3; channel++) turned[i + channel] = 0.85 * (data[i + ((channel + 2) % 3)] as number)
  }
  return { sizePx, channels, data: turned }
}

type Stored = Awaited<ReturnType<TrainingPlatform['items']>>[number]

/** `photo/NAME.jpg` with `toon/NAME.jpg`; bytes of a recoloured one are told by their first, which no JPEG begins with. */
function readToons(folder: string): Stored[] {
  const names = readdirSync(join(folder, 'toon')).filter((name) => existsSync(join(folder, 'photo', name)))
  const picture = (part: string, name: string): TrainingPicture => ({
    mime: 'image/jpeg',
    bytes: Uint8Array.from(readFileSync(join(folder, part, name))),
  })
  // People of the shipped model's validation, whom it has not seen either.
  const [known, unseen] = [
    names.filter((name) => Number.parseInt(name, 10) % 20 !== 0),
    names.filter((name) => Number.parseInt(name, 10) % 20 === 0),
  ]
  const chosen = [
    ...known.slice(0, TRAINING).map((name) => [name, false] as const),
    ...unseen.slice(0, HELD_OUT).map((name) => [name, true] as const),
  ]
  return chosen.map(([name, heldOut]) => ({
    ...{ heldOut, landmarks: null, regions: null, a: picture('photo', name) },
    b: { mime: 'image/jpeg', bytes: Uint8Array.from([0, ...picture('toon', name).bytes]) },
  }))
}

/** Pairs of `photo/NAME.png` and `pen/NAME.png`, with landmarks and who is held out in `faces.jsonl`, and region classes in `mask/NAME.png`. */
function readDrawings(folder: string): Stored[] {
  const picture = (part: string, name: string): TrainingPicture => ({
    mime: 'image/png',
    bytes: Uint8Array.from(readFileSync(join(folder, part, `${name}.png`))),
  })
  const rows = readFileSync(join(folder, 'faces.jsonl'), 'utf8').trim().split('\n')
  return rows.map((line) => {
    const { name, heldOut, landmarks68 } = JSON.parse(line) as { name: string; heldOut: boolean; landmarks68: number[][] }
    const { data } = decodePicture(picture('mask', name).bytes)
    const regions = Uint8Array.from({ length: data.length / 4 }, (_, i) => data[4 * i] as number)
    return { heldOut, landmarks: landmarks68.flat(), regions, a: picture('photo', name), b: picture('pen', name) }
  })
}

function nodePlatform(models: string, items: readonly Stored[]): TrainingPlatform {
  const runs = new Map<string, RunRow>()
  const checkpoints = new Map<string, CheckpointRow>()
  const decode = async ({ bytes }: TrainingPicture, sizePx: number): Promise<PlainPicture> => {
    const isRecoloured = bytes[0] === 0
    const { data: rgba } = resizeSquare(decodePicture(isRecoloured ? bytes.slice(1) : bytes), sizePx)
    const data = new Uint8ClampedArray(3 * sizePx ** 2)
    for (let i = 0; i < data.length; i++) data[i] = rgba[4 * Math.floor(i / 3) + (i % 3)] as number
    const picture: PlainPicture = { sizePx, channels: 3, data }
    return isRecoloured ? recoloured(picture) : picture
  }
  const nothing = () => Promise.reject(new Error('The bench keeps no model.'))
  return {
    items: async () => items,
    decode,
    encode: async () => ({ mime: 'image/png', bytes: new Uint8Array() }),
    runs: {
      load: async (id) => runs.get(id) ?? null,
      save: async (row) => void runs.set(row.runId, row),
      saveSample: async () => undefined,
    },
    checkpoints: { load: async (id) => checkpoints.get(id) ?? null, save: async (row) => void checkpoints.set(row.runId, row) },
    parent: async (ref) => {
      const id = 'shipped' in ref ? ref.shipped : ref.checkpoint
      const { manifest, networks } = await readParent(readFrom(models), id)
      return { id, sizePx: manifest.task.sizePx, networks: networks as ParentModel['networks'] }
    },
    settleBackend: async () => {
      await nodeBackends().wasm?.(false)
      return 'wasm'
    },
    ...{ keepModel: nothing, exportModel: nothing, importModel: nothing },
    alone: (_, work) => work(),
    now: () => performance.now(),
  }
}
