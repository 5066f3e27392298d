/** `face-studio models`: which models there are, what each is for, and which looks and tolerance it offers. */

import { TOLERANCE_PARTS } from '../faces/tolerance'
import { loadIndex, loadManifest } from '../inference/loadModel'
import { isPictureSettings } from '../inference/tasks'
import { readFrom } from './platform'
import { EXIT, type Terminal } from './terminal'

export async function listModels(modelsFolder: string, json: boolean, terminal: Terminal): Promise<number> {
  const read = readFrom(modelsFolder)
  const index = await loadIndex(read)
  for (const { id, name } of index.models) {
    const { role, task } = await loadManifest(read, id)
    const { sizePx } = task
    const isDefault = id === index.defaultId
    if (isPictureSettings(task)) {
      const { style, strength } = task
      if (json) terminal.line({ id, name, default: isDefault, role, sizePx, style, strength })
      else await terminal.write(`${id}: ${name.en}, ${role}, ${sizePx} px\n  style: ${style}\n`)
      continue
    }
    if (task.id === 'readFace') {
      if (json) terminal.line({ id, name, default: isDefault, role, sizePx })
      else await terminal.write(`${id}: ${name.en}, ${role}, ${sizePx} px\n`)
      continue
    }
    const { look } = task
    const looks = look.presets.map((preset) => preset.id)
    const tolerance = task.tolerance?.defaults ?? null
    if (json) terminal.line({ id, name, default: isDefault, role, sizePx, looks, fields: look.fields, tolerance })
    else {
      const parts = tolerance && TOLERANCE_PARTS.map((part) => `${part}=${tolerance[part]}`).join(',')
      const lines = [
        `${id}${isDefault ? ' (default)' : ''}: ${name.en}, ${role}, ${sizePx} px`,
        `  looks: ${looks.join(', ') || 'none'}`,
        `  tolerance: ${parts ?? 'none, every line counts'}`,
      ]
      await terminal.write(`${lines.join('\n')}\n`)
    }
  }
  return EXIT.ok
}
