/** Does photos one after another: here, or in a process of its own that gets its tasks as messages. */

import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { loadFaceFinder } from '../../src/cli/humanInNode'
import type { FaceFinder } from '../../src/faces/faceFinder'
import { type RegionPrior, storedPrior } from '../../src/faces/masks/regionPrior'
import type { FaceRow } from './faceFolder'
import type { Settings } from './options'
import { readPhoto } from './picture'
import { type PreparedFace, prepareFace, type Reason } from './prepareFace'

const JPEG_QUALITY = 95

export interface PhotoTask {
  /** The photo. */
  file: string
  /** The folder that is written, and the face's name in it. */
  folder: string
  name: string
  settings: Settings
}

export interface PhotoResult {
  row: FaceRow | null
  reason: Reason | null
  detail: string
}

export interface PhotoWorker {
  run(task: PhotoTask): Promise<PhotoResult>
  close(): void
}

export function localWorker(finder: FaceFinder): PhotoWorker {
  const prior = storedPrior()
  return { run: (task) => runTask(task, finder, prior), close: () => {} }
}

/** A worker in a process of its own. It ends when it is closed or when this process ends. */
export function processWorker(): PhotoWorker {
  const child = fork(fileURLToPath(new URL('./photos.mjs', import.meta.url)), ['--worker'])
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`a worker ended with ${code ?? 'a signal'} at ${task.file}`))
        child.once('exit', ended)
        child.once('message', (message) => {
          child.off('exit', ended)
          const result = message as PhotoResult | { error: string }
          if ('error' in result) reject(new Error(result.error))
          else resolve(result)
        })
        child.send(task)
      }),
    close: () => child.disconnect(),
  }
}

/** Serves tasks that come as messages until the parent disconnects. */
export async function serveTasks(): Promise<void> {
  const worker = localWorker(await loadFaceFinder())
  await new Promise<void>((resolve) => {
    process.on('message', async (task) => {
      const result = await worker.run(task as PhotoTask).catch((error: unknown) => ({ error: String(error) }))
      if (process.connected) process.send?.(result)
    })
    process.once('disconnect', resolve)
  })
}

async function runTask({ file, folder, name, settings }: PhotoTask, finder: FaceFinder, prior: RegionPrior): Promise<PhotoResult> {
  let photo: ReturnType<typeof readPhoto>
  try {
    photo = readPhoto(readFileSync(file))
  } catch (error) {
    return { row: null, reason: 'unreadable', detail: error instanceof Error ? error.message : String(error) }
  }
  const result = await prepareFace(photo, finder, prior, settings)
  if ('reason' in result) return { row: null, ...result }
  writePictures(result, folder, name)
  const detail = result.facesInPhoto > 1 ? `${result.facesInPhoto} faces in the photo; the largest was taken` : ''
  return { row: rowOf(name, result), reason: null, detail }
}

function writePictures({ photo, mask }: PreparedFace, folder: string, name: string): void {
  const { data } = jpeg.encode(
    { ...photo, data: Buffer.from(photo.data.buffer, photo.data.byteOffset, photo.data.byteLength) },
    JPEG_QUALITY,
  )
  writeFileSync(path.join(folder, 'photo', `${name}.jpg`), data)
  const png = new PNG({ width: photo.width, height: photo.height, colorType: 0, inputColorType: 0, inputHasAlpha: false })
  png.data = Buffer.from(mask)
  writeFileSync(path.join(folder, 'mask', `${name}.png`), PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false }))
}

function rowOf(name: string, { landmarks, yawDegrees, pitchDegrees }: PreparedFace): FaceRow {
  const round = (value: number, digits: number) => Number(value.toFixed(digits))
  const landmarks68 = landmarks.map(([x, y]) => [round(x, 4), round(y, 4)])
  return { name, landmarks68, yaw: round(yawDegrees, 1), pitch: round(pitchDegrees, 1), attributes: {} }
}
