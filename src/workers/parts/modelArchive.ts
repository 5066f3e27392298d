/** A model of this machine ↔ a zip with its folder, in the form of `public/models`: what the command line and `pipeline.import_weights` read, and `pipeline.export` writes. */

import { type Unzipped, unzipSync, zipSync } from 'fflate'
import { type LoadedModel, loadModel, loadNetwork } from '../../inference/loadModel'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import type { OwnModels } from '../../storage/ownModels'

/** Far more than any model here has, and little enough to read at once. */
const MOST_BYTES = 256 * 2 ** 20
const MOST_FILES = 200

/** The folder goes by the model's name. */
export async function zipped(models: OwnModels, id: string): Promise<Blob> {
  const files = await models.files(id)
  const folder = folderName((await models.get(id))?.name ?? id)
  // Stored as they are: weights hardly become smaller.
  const zip = zipSync(Object.fromEntries([...files].map(([file, bytes]) => [`${folder}/${file}`, bytes])), { level: 0 })
  return new Blob([zip.slice()], { type: 'application/zip' })
}

/**
 * Every file is checked against its hash, every network against its parameters, and the model against its golden output, before anything is kept.
 * @param check rejects where the model does not give its golden output
 * @returns the model's id here. Rejects with a `StudioError`
 */
export async function keepArchive(zip: Uint8Array, models: OwnModels, check: (model: LoadedModel) => Promise<void>): Promise<string> {
  const entries = unzipped(zip)
  const place = Object.keys(entries).find((name) => /(^|\/)manifest\.json$/.test(name))
  if (place === undefined) throw refused('there is no manifest.json in it')
  const folder = place.slice(0, -'manifest.json'.length)
  const files = new Map(
    Object.entries(entries)
      .filter(([name]) => name.startsWith(folder) && /^[\w-][\w.-]*$/.test(name.slice(folder.length)))
      .map(([name, bytes]) => [name.slice(folder.length), bytes.slice().buffer as ArrayBuffer]),
  )
  const id = `own-${newId()}`
  const readFile = async (path: string): Promise<ArrayBuffer> => {
    const file = files.get(path.slice(id.length + 1))
    if (!file) throw refused(`the file ${path.slice(id.length + 1)} is missing`)
    return file
  }
  const model = await loadModel(readFile, id)
  const { manifest } = model
  for (const network of Object.values(manifest.networks)) await loadNetwork(readFile, id, network)
  await check(model)
  const named = { ...(JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as object), id }
  files.set('manifest.json', new TextEncoder().encode(`${JSON.stringify(named)}\n`).buffer)
  const kept = new Set(['manifest.json', manifest.card, manifest.golden.file, ...Object.values(manifest.networks).flatMap(shardNames)])
  const whole = new Map([...files].filter(([name]) => kept.has(name)))
  const bytes = [...whole.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  const at = Date.now()
  const style = 'style' in manifest.task ? manifest.task.style : null
  const row = {
    id,
    name: manifest.name.en,
    createdAt: at,
    updatedAt: at,
    role: manifest.role,
    style,
    parent: null,
    runId: null,
    figures: null,
    bytes,
  }
  await models.put(row, whole)
  return id
}

const shardNames = ({ shards }: { readonly shards: readonly { readonly file: string }[] }) => shards.map(({ file }) => file)

function unzipped(zip: Uint8Array): Unzipped {
  let [bytes, count] = [0, 0]
  const filter = ({ originalSize }: { originalSize: number }): boolean => {
    bytes += originalSize
    count++
    if (bytes > MOST_BYTES || count > MOST_FILES)
      throw new StudioError('file-too-large', `This model is too large: at most ${MOST_BYTES / 2 ** 20} MB in ${MOST_FILES} files.`)
    return true
  }
  try {
    return unzipSync(zip, { filter })
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw refused('it is no zip, or it is damaged', cause)
  }
}

const refused = (why: string, cause?: unknown): StudioError =>
  new StudioError('model-broken', `This file is no model of the studio: ${why}. Choose a zip that was exported from it.`, { cause })

/** A name that file systems and the command line take. */
function folderName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)
  return plain || 'model'
}
