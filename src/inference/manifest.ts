/**
 * `models/index.json` and `models/<id>/manifest.json`: parsed JSON → checked types, or a `StudioError` that names the broken field.
 * Every network is checked against its own parameters and the task against its network, so that whatever loads afterwards fits.
 */

import * as v from 'valibot'
import type { ParameterSpec } from '../models/network'
import { FAMILIES, type NetworkFamily, networkOf } from '../models/networks'
import { list, localized, object, oneOf, wholeNumber } from '../shared/schema'
import { drawsFaces, MODEL_ROLES, type ModelEntry, PICTURE_STYLES } from '../workers/protocol'
import { broken, FILE_NAME, HASHED_FILE, type HashedFile, ID, readManifest } from './manifestFields'
import { checkWeights, STORED_WEIGHTS, type StoredWeights } from './manifestWeights'
import { isPictureSettings, type ManifestTask, TASK_IDS, taskOf } from './tasks'
import type { ArraySpec } from './tasks/task'

export const MANIFEST_VERSION = 2

/** Numbers of one array of a golden fixture lie from here on in its file. */
export interface GoldenArray extends ArraySpec {
  readonly byteOffset: number
}

/** Known inputs of the task, and what the network's PyTorch twin makes of them; offsets into one file. */
export interface GoldenFile extends HashedFile {
  readonly inputs: Readonly<Record<string, GoldenArray>>
  /** Of height and width every `stride`-th place. */
  readonly outputs: Readonly<Record<string, GoldenArray & { readonly stride: number }>>
}

export interface NetworkEntry extends StoredWeights {
  readonly family: NetworkFamily
  readonly config: unknown
  readonly parameters: readonly ParameterSpec[]
}

export interface ModelManifest extends ModelEntry {
  readonly task: ManifestTask
  /** By what each does: the task's own network, and its partners in training. */
  readonly networks: Readonly<Record<string, NetworkEntry>>
  readonly golden: GoldenFile
  readonly card: string
}

export interface ModelIndex {
  readonly defaultId: string
  readonly models: readonly ModelEntry[]
}

const VERSION = v.literal(MANIFEST_VERSION, `${MANIFEST_VERSION}`)
const ENTRY = { id: ID, name: localized, role: oneOf(MODEL_ROLES), refines: v.exactOptional(ID), note: v.exactOptional(localized) }

/** A manifest says its style with its task. */
const INDEX_ENTRY = object({ ...ENTRY, style: v.exactOptional(oneOf(PICTURE_STYLES)) })
const INDEX = object({ version: VERSION, default: ID, models: list(INDEX_ENTRY) })

const NETWORK = object({
  family: v.picklist(FAMILIES, `one that this version knows (${FAMILIES.join(', ')})`),
  config: v.unknown(),
  ...STORED_WEIGHTS,
})

const GOLDEN_ARRAY = {
  dtype: oneOf(['uint8', 'float16', 'float32']),
  shape: list(wholeNumber(0, 2 ** 20)),
  byteOffset: wholeNumber(0, 2 ** 31),
}
const GOLDEN = object({
  ...HASHED_FILE.entries,
  inputs: v.record(ID, object(GOLDEN_ARRAY), 'an object'),
  outputs: v.record(ID, object({ ...GOLDEN_ARRAY, stride: wholeNumber(1, 2048) }), 'an object'),
})

const MANIFEST = object({
  version: VERSION,
  ...ENTRY,
  task: v.looseObject({ id: oneOf(TASK_IDS) }, 'an object with the "id" of a task'),
  networks: v.record(ID, NETWORK, 'an object'),
  golden: GOLDEN,
  card: FILE_NAME,
})

export function parseIndex(value: unknown): ModelIndex {
  const { default: defaultId, models } = readManifest(INDEX, value)
  const first = models.find(({ id }) => id === defaultId) ?? broken('default', 'the id of one of the models')
  if (!drawsFaces(first.role)) broken('default', 'a model that makes faces of sketches')
  const odd = models.findIndex(({ role, style }) => (role === 'picture') !== (style !== undefined))
  if (odd >= 0) broken(`models.${odd}.style`, 'there for models with the role "picture", and only for them')
  return { defaultId, models }
}

export function parseManifest(value: unknown): ModelManifest {
  const { version, task: fields, networks, golden, ...rest } = readManifest(MANIFEST, value)
  const checked = Object.fromEntries(Object.entries(networks).map(([name, entry]) => [name, checkNetwork(entry, `networks.${name}`)]))
  const task = taskOf(fields.id)
  const entry = checked[task.network] ?? broken(`networks.${task.network}`, `there, because the task "${task.id}" needs it`)
  const network = networkOf(entry.family)
  const settings = task.parseManifest(fields, { inputs: network.inputs(entry.config), outputs: network.outputs(entry.config) })
  if ((rest.role === 'picture') !== isPictureSettings(settings as ManifestTask))
    broken('role', '"picture" for models that make pictures of photos, and only for them')
  if ((rest.role === 'reader') !== (settings.id === 'readFace')) broken('role', '"reader" for models that read faces, and only for them')
  checkGolden(golden, settings as ManifestTask)
  return { ...rest, task: settings as ManifestTask, networks: checked, golden }
}

function checkNetwork({ family, config: given, ...stored }: v.InferOutput<typeof NETWORK>, place: string): NetworkEntry {
  const network = networkOf(family)
  const config = network.parseConfig(given, `${place}.config`)
  const parameters = network.parameters(config)
  checkWeights(stored, parameters, place)
  return { family, config, parameters, ...stored }
}

const BYTES = { uint8: 1, float16: 2, float32: 4 } as const

function checkGolden({ inputs, outputs, bytes }: GoldenFile, settings: ManifestTask): void {
  const task = taskOf(settings.id)
  const within = (array: GoldenArray | undefined, { dtype, shape }: ArraySpec, field: string): void => {
    if (!array) broken(field, 'an object')
    if (array.shape.join() !== shape.join()) broken(`${field}.shape`, `[${shape}]`)
    if (array.dtype !== dtype) broken(`${field}.dtype`, dtype)
    const last = bytes - BYTES[dtype] * shape.reduce((product, n) => product * n, 1)
    if (array.byteOffset > last) broken(`${field}.byteOffset`, `a whole number from 0 to ${last}`)
  }
  for (const [name, spec] of Object.entries(task.inputs(settings))) within(inputs[name], spec, `golden.inputs.${name}`)
  for (const [name, [height = 1, width = 1, ...rest]] of Object.entries(task.outputs(settings))) {
    const field = `golden.outputs.${name}`
    const output = outputs[name] ?? broken(field, 'an object')
    const shape = [Math.ceil(height / output.stride), Math.ceil(width / output.stride), ...rest]
    within(output, { dtype: output.dtype, shape }, field)
    if (output.dtype === 'uint8') broken(`${field}.dtype`, 'float16 or float32')
  }
}
