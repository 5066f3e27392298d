/** `face-studio models`: which models there are and which looks each offers. */

import { parseManifest } from '../inference/manifest'
import { loadIndex } from '../inference/weights'
import { readFrom } from './platform'
import { EXIT, type Terminal } from './terminal'

export async function listModels(modelsFolder: string, json: boolean, terminal: Terminal): Promise<number> {
  const read = readFrom(modelsFolder)
  const index = await loadIndex(read)
  for (const { id, name } of index.models) {
    const manifest = parseManifest(JSON.parse(new TextDecoder().decode(await read(`${id}/manifest.json`))))
    const looks = manifest.look.presets.map((preset) => preset.id)
    const isDefault = id === index.defaultId
    if (json) terminal.line({ id, name, default: isDefault, sizePx: manifest.sizePx, looks, fields: manifest.look.fields })
    else await terminal.write(`${id}${isDefault ? ' (default)' : ''}: ${name.en}\n  looks: ${looks.join(', ') || 'none'}\n`)
  }
  return EXIT.ok
}
