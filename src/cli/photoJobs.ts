/** Which photos a command works on and where each result goes: one file, or every photo of a folder. */

import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { UsageError } from './usageError'

export interface PhotoJob {
  /** A file; `-` is standard input or output. */
  readonly photo: string
  readonly result: string
}

const PHOTO = /\.(?:jpe?g|png)$/iu

export interface ResultFormats<F extends string> {
  /** As `--format` says. */
  readonly format: F | null
  /** What the command can write; the first where neither `--format` nor a name says it. */
  readonly writable: readonly [F, ...F[]]
}

export interface PhotoJobs<F extends string> {
  readonly jobs: readonly PhotoJob[]
  readonly format: F
}

/** @throws UsageError where input and output do not go together, or a name has the ending of something that is not written */
export async function photoJobs<F extends string>(input: string, output: string, formats: ResultFormats<F>): Promise<PhotoJobs<F>> {
  const [from, to] = [await folderOrFile(input), await folderOrFile(output)]
  const intoFolder = formats.format ?? formats.writable[0]
  if (from === 'folder') {
    if (to === 'file') throw new UsageError(`${input} is a folder, so ${output} must be one too`)
    return { jobs: await jobsOfFolder(input, output, `.${intoFolder}`), format: intoFolder }
  }
  if (to !== 'folder' && !/[\\/]$/.test(output)) return { jobs: [{ photo: input, result: output }], format: formatOfName(output, formats) }
  if (input === '-') throw new UsageError('standard input has no name for a result in a folder')
  await mkdir(output, { recursive: true })
  return { jobs: [{ photo: input, result: path.join(output, resultName(input, `.${intoFolder}`)) }], format: intoFolder }
}

async function jobsOfFolder(input: string, output: string, ending: string): Promise<readonly PhotoJob[]> {
  const photos = (await readdir(input)).filter((name) => PHOTO.test(name)).sort()
  if (photos.length === 0) throw new UsageError(`there is no JPEG or PNG in ${input}`)
  await mkdir(output, { recursive: true })
  const jobs = photos.map((name) => ({ photo: path.join(input, name), result: path.join(output, resultName(name, ending)) }))
  const twice = jobs.find(({ result }, i) => jobs.findIndex((other) => other.result === result) !== i)
  if (twice) throw new UsageError(`two photos would be written to ${twice.result}`)
  return jobs
}

/** A name that was given says by its ending what it shall hold; one without any holds what `--format` says. */
function formatOfName<F extends string>(output: string, { format, writable }: ResultFormats<F>): F {
  const ending = path.extname(output).slice(1).toLowerCase()
  const named = writable.find((known) => known === ending)
  if (ending !== '' && (named === undefined || (format ?? named) !== named)) {
    const what = (format ? [format] : writable).map((each) => `.${each}`).join(' or ')
    throw new UsageError(`${output} cannot be written: the name of this result ends in ${what}`)
  }
  return format ?? named ?? writable[0]
}

async function folderOrFile(name: string): Promise<'folder' | 'file' | 'nothing'> {
  if (name === '-') return 'nothing'
  const known = await stat(name).catch(() => null)
  return known === null ? 'nothing' : known.isDirectory() ? 'folder' : 'file'
}

const resultName = (photo: string, ending: string): string => `${path.basename(photo).replace(/\.[a-z\d]{1,5}$/iu, '')}${ending}`
