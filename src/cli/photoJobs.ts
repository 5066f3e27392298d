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

/**
 * @param ending of a result's name where the command chooses it, with its dot
 * @throws UsageError where input and output do not go together
 */
export async function photoJobs(input: string, output: string, ending: string): Promise<readonly PhotoJob[]> {
  const [from, to] = [await folderOrFile(input), await folderOrFile(output)]
  if (from !== 'folder') {
    const isFolder = to === 'folder' || /[\\/]$/.test(output)
    if (isFolder && input === '-') throw new UsageError('standard input has no name for a result in a folder')
    if (isFolder) await mkdir(output, { recursive: true })
    return [{ photo: input, result: isFolder ? path.join(output, resultName(input, ending)) : output }]
  }
  if (to === 'file') throw new UsageError(`${input} is a folder, so ${output} must be one too`)
  const photos = (await readdir(input)).filter((name) => PHOTO.test(name)).sort()
  if (photos.length === 0) throw new UsageError(`there is no JPEG or PNG in ${input}`)
  await mkdir(output, { recursive: true })
  const jobs = photos.map((name) => ({ photo: path.join(input, name), result: path.join(output, resultName(name, ending)) }))
  const twice = jobs.find(({ result }, i) => jobs.findIndex((other) => other.result === result) !== i)
  if (twice) throw new UsageError(`two photos would be written to ${twice.result}`)
  return jobs
}

async function folderOrFile(name: string): Promise<'folder' | 'file' | 'nothing'> {
  if (name === '-') return 'nothing'
  const known = await stat(name).catch(() => null)
  return known === null ? 'nothing' : known.isDirectory() ? 'folder' : 'file'
}

const resultName = (photo: string, ending: string): string => `${path.basename(photo).replace(/\.[a-z\d]{1,5}$/iu, '')}${ending}`
