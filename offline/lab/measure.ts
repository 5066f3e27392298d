/** The spreads and edits of every face model that ships, as the lab's screen computes them: the same drawings, place, encoder and back end. */

import path from 'node:path'
import { readFrom } from '../../src/cli/platform'
import { chooseBackend } from '../../src/inference/backends'
import { loadIndex, loadModel } from '../../src/inference/loadModel'
import { openFaceSession } from '../../src/inference/openSession'
import { wasmSetup } from '../../src/inference/setups/wasm'
import { collectFeatures } from '../../src/lab/collect'
import { type DrawingGroup, drawingBitmap } from '../../src/lab/drawingSet'
import { type LayerSpread, layerSpread } from '../../src/lab/spread'
import { distinctVectors, type Vector } from '../../src/lab/vectors'
import { EYE_CORNER } from '../../src/shared/featurePlace'
import { FACE_ROLES } from '../../src/workers/protocol'
import { wasmFolder } from '../node/wasmFolder'
import { firstEdits, type MeasuredEdit, measureEdits, type Pass } from './measureEdits'

export interface MeasuredModel {
  readonly id: string
  readonly name: string
  readonly sizePx: number
  readonly seconds: number
  /** By layer. */
  readonly spreads: readonly LayerSpread[]
  /** By layer: different vectors of two groups that share their eyes, taken together. */
  readonly together: Readonly<Record<string, readonly number[]>>
  readonly edits: Readonly<Record<Pass, readonly MeasuredEdit[]>>
}

/** Groups that have one person's eyes, by the names in the report. */
export const SHARED_EYES = {
  'nose, mouthOtherEyes': ['nose', 'mouthOtherEyes'],
  'mouth, noseOtherEyes': ['mouth', 'noseOtherEyes'],
} as const

export async function measureModels(
  root: string,
  groups: readonly DrawingGroup[],
  onProgress: (line: string) => void,
): Promise<MeasuredModel[]> {
  const folder = path.join(root, 'public/models')
  const { models } = await loadIndex(readFrom(folder))
  const measured: MeasuredModel[] = []
  for (const { id, name, role } of models) {
    if (!FACE_ROLES.includes(role)) continue
    measured.push({ id, name: name.en, ...(await measure(folder, id, groups)) })
    onProgress(`${id}: ${measured.at(-1)?.seconds.toFixed(1)} s`)
  }
  return measured
}

async function measure(folder: string, id: string, groups: readonly DrawingGroup[]): Promise<Omit<MeasuredModel, 'id' | 'name'>> {
  const model = await loadModel(readFrom(folder), id)
  const { session } = await chooseBackend({ wasm: wasmSetup(wasmFolder()) }, model, { force: 'wasm', exclude: [] }, openFaceSession)
  const { sizePx } = session.settings
  const started = performance.now()
  const drawings = groups.flatMap((group) => group.drawings)
  const featuresOf = (drawing: (typeof drawings)[number]) => session.features(drawingBitmap(drawing, sizePx), EYE_CORNER)
  const layers = await collectFeatures(drawings, { featuresOf, onDone: () => undefined, signal: new AbortController().signal })
  const seconds = (performance.now() - started) / 1000
  const edits = await measureEdits(session, firstEdits(groups))
  session.dispose()
  if (!layers) throw new Error(`${id} gave no features.`)
  const byGroup = layers.map((vectors) => inGroups(vectors, groups))
  const together = Object.entries(SHARED_EYES).map(([name, ids]) => [
    name,
    byGroup.map(
      (vectors) =>
        distinctVectors(groups.flatMap((group, i) => ((ids as readonly string[]).includes(group.id) ? (vectors[i] ?? []) : []))).vectors
          .length,
    ),
  ])
  return { sizePx, seconds, spreads: byGroup.map(layerSpread), together: Object.fromEntries(together), edits }
}

function inGroups(vectors: readonly Vector[], groups: readonly DrawingGroup[]): Vector[][] {
  let first = 0
  return groups.map(({ drawings }) => {
    first += drawings.length
    return vectors.slice(first - drawings.length, first)
  })
}
