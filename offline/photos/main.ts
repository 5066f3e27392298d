/** The photos command: options → detector → every photo → a folder of faces, and what became of each photo. */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadFaceFinder } from '../../src/cli/humanInNode'
import { UsageError } from '../../src/cli/usageError'
import { learnPrior, storedPrior } from '../../src/faces/masks/regionPrior'
import { readFaceSets } from '../node/faceSet'
import { readRegionMask } from '../node/readRegionMask'
import { check } from './check'
import { type FaceFolder, openFaceFolder, type ReportLine } from './faceFolder'
import { type Command, parseOptions, USAGE } from './options'
import { faceName, listPictures } from './photoList'
import { localWorker, type PhotoResult, type PhotoWorker, processWorker, serveTasks } from './photoWorker'
import { REASONS } from './prepareFace'
import { writeSheet } from './sheet'

type PrepareCommand = Extract<Command, { kind: 'prepare' }>

/** Runs the command. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--worker') {
    await serveTasks()
    return 0
  }
  try {
    return await run(parseOptions(argv))
  } catch (error) {
    console.error(`photos: ${error instanceof Error ? error.message : String(error)}`)
    if (error instanceof UsageError) console.error('Try --help.')
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(command: Command): Promise<number> {
  switch (command.kind) {
    case 'help':
      console.log(USAGE)
      return 0
    case 'check':
      console.log(await check(command.data, command.faces, await loadFaceFinder(), storedPrior()))
      return 0
    case 'learnRegions':
      learnRegions(command.data)
      return 0
    case 'prepare':
      return prepareFolder(command)
  }
}

/** Learns where the masses lie from the masks of the training faces. */
function learnRegions(dataFolder: string): void {
  const training = readFaceSets([dataFolder]).filter(({ isValidation }) => !isValidation)
  const masks = training.map(({ maskPath }) => readRegionMask(maskPath))
  const file = fileURLToPath(new URL('../../src/faces/masks/regionPrior.json', import.meta.url))
  writeFileSync(file, `${JSON.stringify(learnPrior(masks), null, 2)}\n`)
  console.log(`${file}: learnt from the masks of ${masks.length} training faces.`)
}

async function prepareFolder(command: PrepareCommand): Promise<number> {
  if (!existsSync(command.source)) throw new Error(`${command.source} does not exist.`)
  const { photos, others } = listPictures(command.source)
  if (photos.length === 0) throw new Error(`There is no JPEG or PNG in ${command.source}.`)
  const finder = await loadFaceFinder()
  const folder = openFaceFolder(command.out, { ...command.settings, detector: finder.id })
  const workers = command.jobs === 1 ? [localWorker(finder)] : Array.from({ length: command.jobs }, processWorker)
  try {
    await doPhotos(command, photos, folder, workers)
  } finally {
    for (const worker of workers) worker.close()
  }
  return summarise(folder, others)
}

/** Does the photos that the report does not have yet, with all workers; their lines are added in the photos' order. */
async function doPhotos(
  { source, out, settings, limit }: PrepareCommand,
  photos: readonly string[],
  folder: FaceFolder,
  workers: readonly PhotoWorker[],
) {
  const done = new Set(folder.report.map(({ file }) => file))
  const names = new Set(folder.report.flatMap(({ name }) => (name === null ? [] : [name.toLowerCase()])))
  const fileOfPicture = new Map(folder.report.map(({ sha256, file }) => [sha256, file]))
  const todo = photos.filter((file) => !done.has(file)).slice(0, limit)
  const started = Date.now()
  let next = 0
  let added: Promise<void> = Promise.resolve()
  const work = async (worker: PhotoWorker): Promise<void> => {
    while (next < todo.length) {
      const file = todo[next++] ?? ''
      const sha256 = createHash('sha256')
        .update(readFileSync(path.join(source, file)))
        .digest('hex')
      const twin = fileOfPicture.get(sha256)
      if (twin === undefined) fileOfPicture.set(sha256, file)
      const name = faceName(file, names)
      if (twin === undefined) names.add(name.toLowerCase())
      const task = { file: path.join(source, file), folder: out, name, settings }
      const result: Promise<PhotoResult> =
        twin === undefined ? worker.run(task) : Promise.resolve({ row: null, reason: 'duplicate', detail: twin })
      const before = added
      added = Promise.all([result, before]).then(([{ row, reason, detail }]) => {
        folder.add({ file, sha256, name: row?.name ?? null, reason, detail }, row)
        showProgress(folder.report.length, photos.length, Date.now() - started, todo.length)
      })
      await result
    }
  }
  await Promise.all(workers.map(work))
  await added
}

function showProgress(done: number, total: number, elapsedMs: number, todo: number): void {
  const doneNow = done - (total - todo)
  const minutesLeft = doneNow > 0 ? ((elapsedMs / doneNow) * (todo - doneNow)) / 60_000 : 0
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total}, ${minutesLeft.toFixed(0)} min left ${done === total ? '\n' : ''}`)
}

/** Writes split and sheet, and says what became of the photos. @returns the exit code */
function summarise(folder: FaceFolder, others: readonly string[]): number {
  const kept = folder.report.filter(({ name }) => name !== null)
  const skipped = folder.report.filter(({ name }) => name === null)
  for (const line of folder.report) if (line.detail !== '' || line.name === null) console.log(describe(line))
  if (others.length > 0)
    console.log(`${others.length} pictures of other kinds (${others[0]} …) were not looked at; save them as JPEG or PNG.`)
  const counts = Object.entries(REASONS).map(([reason, words]) => [words, skipped.filter((line) => line.reason === reason).length] as const)
  const reasons = counts.flatMap(([words, count]) => (count > 0 ? [`${count} ${words}`] : []))
  console.log(`${kept.length} faces from ${folder.report.length} photos${reasons.length > 0 ? `; skipped: ${reasons.join(', ')}` : ''}.`)
  if (kept.length === 0) return 1
  const { train, validation, leftOut } = folder.finish()
  const left = leftOut.length > 0 ? `, ${leftOut.length} left out` : ''
  console.log(
    `split.json: ${train.length} to train on, ${validation.length} to validate with${left}. Look at ${writeSheet(folder.folder)}.`,
  )
  return 0
}

function describe({ file, name, reason, detail }: ReportLine): string {
  if (name !== null) return `${file}: ${detail}`
  const words = reason ? REASONS[reason] : 'skipped'
  return `${file}: skipped, ${words}${detail ? ` (${detail})` : ''}`
}
