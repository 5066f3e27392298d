/**
 * `models/index.json` and `models/<id>/manifest.json`: parsed JSON → checked types, or a `StudioError` that names the broken field.
 * A manifest is checked against the model's own parameter shapes, so that whatever loads afterwards fits.
 */

import type { LookField, LookPreset } from '../faces/look'
import { lookLength } from '../faces/look'
import { TOLERANCE_PARTS, type Tolerance, toleranceOf } from '../faces/tolerance'
import { type PatchGanConfig, parseConfig as parsePatchGan, parameterShapes as patchGanShapes } from '../models/discriminators/patchGan'
import { type GeneratorFamily, generatorOf, isGeneratorFamily } from '../models/generators'
import { MODEL_ROLES, type ModelEntry, type ModelRole } from '../workers/protocol'
import { array, broken, colour, fileName, finite, localized, matching, numberWithin, object, text, wholeNumber } from './manifestFields'
import { type HashedFile, parseHashedFile, parseStoredWeights, type StoredWeights } from './manifestWeights'

export const MANIFEST_VERSION = 1
/** A known sketch, look and tolerance, and what the model's PyTorch twin makes of them; offsets into one file. */
export interface GoldenFile extends HashedFile {
  /** uint8 `[sizePx²]`. */
  sketch: { byteOffset: number }
  /** float32 `[lookLength]`. */
  look: { byteOffset: number }
  /** float32 `[6]`, in the order of `TOLERANCE_PARTS`; null for a model without a tolerance map. */
  tolerance: { byteOffset: number } | null
  /** float16 `[sizePx / stride, sizePx / stride, 3]`, the face in [-1, 1] at every `stride`-th pixel. */
  output: { byteOffset: number; stride: number }
}

export interface ModelManifest extends StoredWeights {
  id: string
  name: { en: string; zh: string }
  role: ModelRole
  family: GeneratorFamily
  sizePx: number
  config: unknown
  look: { fields: readonly LookField[]; presets: readonly LookPreset[] }
  /** Present when the generator has a second input channel, the sketch faded by a tolerance map. */
  tolerance: { maxPx: number; defaults: Tolerance } | null
  /** The generator's partner in training, in files of its own: fine-tuning starts from a trained pair. */
  discriminator: ({ config: PatchGanConfig } & StoredWeights) | null
  golden: GoldenFile
  card: string
}

export interface ModelIndex {
  defaultId: string
  models: readonly ModelEntry[]
}

const ID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/

export function isModelId(id: string): boolean {
  return ID.test(id)
}

export function parseIndex(value: unknown): ModelIndex {
  const index = object(value, 'index')
  if (index.version !== MANIFEST_VERSION) broken('version', `${MANIFEST_VERSION}`)
  const models = array(index.models, 'models').map((entry, i) => {
    const model = object(entry, `models[${i}]`)
    return {
      id: matching(model.id, ID, `models[${i}].id`),
      name: localized(model.name, `models[${i}].name`),
      role: parseRole(model.role, `models[${i}].role`),
      ...(model.refines !== undefined && { refines: matching(model.refines, ID, `models[${i}].refines`) }),
    }
  })
  const defaultId = text(index.default, 'default')
  if (!models.some(({ id }) => id === defaultId)) broken('default', 'the id of one of the models')
  return { defaultId, models }
}

export function parseManifest(value: unknown): ModelManifest {
  const manifest = object(value, 'manifest')
  if (manifest.version !== MANIFEST_VERSION) broken('version', `${MANIFEST_VERSION}`)
  const family = manifest.family
  if (!isGeneratorFamily(family)) broken('family', 'a generator that this version knows')
  const model = generatorOf(family)
  const config = model.parseConfig(manifest.config)
  const stored = parseStoredWeights(manifest, model.parameterShapes(config))
  const look = parseLook(manifest.look)
  const conditioning = lookLength(look.fields)
  if (object(config, 'config').lookLength !== conditioning) broken('look.fields', 'as long as the configuration says (lookLength)')
  const sizePx = wholeNumber(manifest.sizePx, 8, 2048, 'sizePx')
  const tolerance = parseTolerance(manifest.tolerance, object(config, 'config').inputChannels)
  return {
    id: matching(manifest.id, ID, 'id'),
    name: localized(manifest.name, 'name'),
    role: parseRole(manifest.role, 'role'),
    family,
    sizePx,
    config,
    ...stored,
    look,
    tolerance,
    discriminator: parseDiscriminator(manifest.discriminator),
    golden: parseGolden(manifest.golden, sizePx, conditioning, tolerance !== null),
    card: fileName(manifest.card, 'card'),
  }
}

/** A manifest that does not say what its model is for is of the time when all were live. */
function parseRole(value: unknown, field: string): ModelRole {
  if (value === undefined) return 'live'
  return MODEL_ROLES.find((role) => role === value) ?? broken(field, MODEL_ROLES.join(', '))
}

/** One input channel is the sketch alone, two are the sketch and its trusted lines. */
function parseTolerance(value: unknown, inputChannels: unknown): ModelManifest['tolerance'] {
  if (inputChannels !== 1 && inputChannels !== 2) broken('config.inputChannels', '1 (sketch) or 2 (sketch and trusted lines)')
  if (inputChannels === 1 && value !== undefined) broken('tolerance', 'absent for a model with one input channel')
  if (inputChannels === 1) return null
  const tolerance = object(value, 'tolerance')
  const defaults = object(tolerance.defaults, 'tolerance.defaults')
  return {
    maxPx: numberWithin(tolerance.maxPx, 0, 512, 'tolerance.maxPx'),
    defaults: toleranceOf(TOLERANCE_PARTS.map((part) => numberWithin(defaults[part], 0, 1, `tolerance.defaults.${part}`))),
  }
}

function parseDiscriminator(value: unknown): ModelManifest['discriminator'] {
  if (value === undefined) return null
  const fields = object(value, 'discriminator')
  const config = parsePatchGan(fields.config)
  return { config, ...parseStoredWeights(fields, patchGanShapes(config), 'discriminator.') }
}

function parseGolden(value: unknown, sizePx: number, conditioning: number, hasTolerance: boolean): GoldenFile {
  const golden = object(value, 'golden')
  const file = parseHashedFile(golden, 'golden')
  const output = object(golden.output, 'golden.output')
  const stride = wholeNumber(output.stride, 1, sizePx, 'golden.output.stride')
  const outputBytes = 2 * 3 * Math.ceil(sizePx / stride) ** 2
  const at = (part: unknown, bytes: number, field: string) => ({
    byteOffset: wholeNumber(object(part, field).byteOffset, 0, file.bytes - bytes, `${field}.byteOffset`),
  })
  return {
    ...file,
    sketch: at(golden.sketch, sizePx ** 2, 'golden.sketch'),
    look: at(golden.look, 4 * conditioning, 'golden.look'),
    tolerance: hasTolerance ? at(golden.tolerance, 4 * TOLERANCE_PARTS.length, 'golden.tolerance') : null,
    output: { ...at(output, outputBytes, 'golden.output'), stride },
  }
}

function parseLook(value: unknown): ModelManifest['look'] {
  const look = object(value, 'look')
  const fields = array(look.fields, 'look.fields').map((field, i) => parseLookField(field, `look.fields[${i}]`))
  const presets = array(look.presets, 'look.presets').map((entry, i): LookPreset => {
    const preset = object(entry, `look.presets[${i}]`)
    return {
      id: matching(preset.id, ID, `look.presets[${i}].id`),
      name: localized(preset.name, `look.presets[${i}].name`),
      look: parseLookValues(preset.look, `look.presets[${i}].look`),
    }
  })
  return { fields, presets }
}

function parseLookField(value: unknown, field: string): LookField {
  const entry = object(value, field)
  const id = matching(entry.id, ID, `${field}.id`)
  switch (entry.kind) {
    case 'scalar': {
      const min = finite(entry.min, `${field}.min`)
      const max = finite(entry.max, `${field}.max`)
      if (max <= min) broken(`${field}.max`, 'greater than its "min"')
      return { id, kind: 'scalar', min, max, default: finite(entry.default, `${field}.default`) }
    }
    case 'colour':
      return { id, kind: 'colour', default: colour(entry.default, `${field}.default`) }
    case 'choice': {
      const options = array(entry.options, `${field}.options`).map((option) => text(option, `${field}.options`))
      return { id, kind: 'choice', options, default: text(entry.default, `${field}.default`) }
    }
    default:
      return broken(`${field}.kind`, 'scalar, colour or choice')
  }
}

/** Values of a look; whether each fits its field is decided where it is encoded. */
function parseLookValues(value: unknown, field: string): LookPreset['look'] {
  return Object.fromEntries(
    Object.entries(object(value, field)).map(([id, given]) => {
      if (given === null || typeof given === 'string') return [id, given]
      return [id, Array.isArray(given) ? colour(given, `${field}.${id}`) : finite(given, `${field}.${id}`)]
    }),
  )
}
