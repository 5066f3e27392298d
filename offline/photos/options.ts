/** The command's options. */

import { parseArgs } from 'node:util'
import { UsageError } from '../../src/cli/usageError'

export const USAGE = `Usage: npm run photos -- FOLDER OUT [options]      any folder of face photos → a folder of faces to train on
       npm run photos -- --check DATA [--faces N]    how exact it is, measured on annotated faces
       npm run photos -- --learn-regions DATA        where hair and skin lie, from annotated masks

Finds the face in every JPEG or PNG under FOLDER, aligns it as FFHQ and CelebA-HQ are, and writes OUT/photo/NAME.jpg, OUT/mask/NAME.png, OUT/faces.jsonl,
OUT/split.json (training and validation names; edit it as you like), OUT/report.jsonl (every photo: kept, or skipped and why) and OUT/sheet.png to look at.
Run it again to go on after an interruption or to add photos. Nothing leaves this machine.

  --size N         pixels of a side of the faces: 256 or 512 (default: 256)
  --min-face N     skip faces whose aligned square covers fewer pixels of the photo (default: five eighths of --size)
  --max-yaw N      skip faces turned further to a side, in degrees (default: 30)
  --max-pitch N    skip faces turned further up or down, in degrees (default: 25)
  --jobs N         photos at a time, each in a process of its own (default: 1)
  --limit N        stop after N photos of this run
  --faces N        with --check: only N validation faces, spread over the set
  --help           this text

Exit codes: 0 done (skipped photos are no failure), 1 could not be done or no face at all, 2 wrong usage.`

/** What decides which faces are kept and how they are cut. A folder is made with one of these throughout. */
export interface Settings {
  sizePx: number
  minFacePx: number
  maxYawDegrees: number
  maxPitchDegrees: number
}

export type Command =
  | { kind: 'help' }
  | { kind: 'check'; data: string; faces: number | null }
  | { kind: 'learnRegions'; data: string }
  | { kind: 'prepare'; source: string; out: string; settings: Settings; jobs: number; limit: number }

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv)
  if (values.help) return { kind: 'help' }
  if (values.check !== undefined)
    return { kind: 'check', data: values.check, faces: values.faces ? numberOf('faces', values.faces, 1) : null }
  if (values['learn-regions'] !== undefined) return { kind: 'learnRegions', data: values['learn-regions'] }
  const [source, out, ...rest] = positionals
  if (!source || !out || rest.length > 0) throw new UsageError('Name the folder of photos and the folder to write to.')
  const sizePx = numberOf('size', values.size ?? '256', 1)
  if (sizePx !== 256 && sizePx !== 512) throw new UsageError('--size takes 256 or 512.')
  const settings = {
    sizePx,
    minFacePx: numberOf('min-face', values['min-face'] ?? String(0.625 * sizePx), 1),
    maxYawDegrees: numberOf('max-yaw', values['max-yaw'] ?? '30', 0),
    maxPitchDegrees: numberOf('max-pitch', values['max-pitch'] ?? '25', 0),
  }
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : numberOf('limit', values.limit, 1)
  return { kind: 'prepare', source, out, settings, jobs: numberOf('jobs', values.jobs ?? '1', 1), limit }
}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) throw new UsageError(`--${name} takes a whole number, ${least} or more.`)
  return value
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: true,
      options: {
        size: text,
        'min-face': text,
        'max-yaw': text,
        'max-pitch': text,
        jobs: text,
        limit: text,
        check: text,
        'learn-regions': text,
        faces: text,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
