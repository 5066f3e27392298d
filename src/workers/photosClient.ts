/**
 * The page's side of the photos' worker: it is started with the first photo, asked one thing after another, watched, and ended when nobody has asked for a
 * while. A photo on which it dies or falls silent fails alone; the next one gets a new worker.
 */

import type { Remote } from 'comlink'
import type { AlignedSquare } from '../faces/alignment'
import type { ContourOptions } from '../faces/photoContour'
import type { PhotoSketch } from '../faces/photoSketch'
import { StudioError } from '../shared/errors'
import type { EncodedPicture } from '../storage/photoTypes'
import type { DataSetsWorkerApi, ItemSources, OpenedArchive, TakenItem } from './dataSetsProtocol'
import type { AlignedFace, FacePixels, OpenedPhoto, PhotoStage, PhotosWorkerApi } from './photosProtocol'
import { spawnPhotosWorker, type WorkerHandle } from './spawn'
import { WorkerLink } from './workerLink'

export type { ItemSources } from './dataSetsProtocol'
export type { AlignedFace, FacePixels, OpenedPhoto, PhotoStage } from './photosProtocol'

type Api = PhotosWorkerApi & DataSetsWorkerApi

const IDLE_MS = 120_000
/** On a slow machine, the finder's download included; each stage of a photo counts as a sign of life. */
const LONGEST_MS = 60_000
/** Hundreds of megabytes on a slow disk. */
const LONGEST_ARCHIVE_MS = 300_000

export class PhotosClient {
  private readonly link: WorkerLink<Api>
  private readonly detectorUrl: string
  private last: Promise<unknown> = Promise.resolve()

  /** @param detectorUrl absolute URL of the folder of the face finder's models, ending in a slash */
  constructor(detectorUrl: string, spawn: () => WorkerHandle = spawnPhotosWorker) {
    this.detectorUrl = detectorUrl
    this.link = new WorkerLink({ spawn, name: 'Reading this photo', idleMs: IDLE_MS, onLost: () => undefined })
  }

  /** Rejects with a `StudioError`. */
  open(file: Blob, onStage: (stage: PhotoStage) => void = () => undefined): Promise<OpenedPhoto> {
    return this.ask((api, listen) => api.open(file, this.detectorUrl, listen(this.heard(onStage))))
  }

  cut(photo: EncodedPicture, square: AlignedSquare): Promise<{ readonly crop: EncodedPicture; readonly thumbnail: EncodedPicture }> {
    return this.ask((api) => api.cut(photo, square))
  }

  sketch(face: AlignedFace, options: ContourOptions): Promise<PhotoSketch> {
    return this.ask((api) => api.sketch(face, options))
  }

  pixels(face: AlignedFace, sizePx: number): Promise<FacePixels> {
    return this.ask((api) => api.pixels(face, sizePx))
  }

  /** Rejects with a `StudioError`, where the file cannot be read or nothing can be kept. */
  takeItem(sources: ItemSources, onStage: (stage: PhotoStage) => void = () => undefined): Promise<TakenItem> {
    return this.ask((api, listen) => api.takeItem(sources, this.detectorUrl, listen(this.heard(onStage))))
  }

  openArchive(zip: Blob, freeBytes: number | null): Promise<OpenedArchive> {
    return this.ask((api) => api.openArchive(zip, freeBytes), LONGEST_ARCHIVE_MS)
  }

  packSet(dataSetId: string): Promise<Blob> {
    return this.ask((api) => api.packSet(dataSetId), LONGEST_ARCHIVE_MS)
  }

  correctItem(dataSetId: string, itemId: string, landmarks: readonly number[]): Promise<void> {
    return this.ask((api) => api.correctItem(dataSetId, itemId, landmarks))
  }

  /** Ends the worker with whatever it is at; what was asked rejects, and the next question gets a new one. */
  dispose(): void {
    this.link.disconnect(new StudioError('internal', 'The studio was closed.'))
  }

  /** A stage of a photo is a sign of life. */
  private heard(onStage: (stage: PhotoStage) => void): (stage: PhotoStage) => void {
    return (stage) => {
      this.link.expect(LONGEST_MS)
      onStage(stage)
    }
  }

  /** After whatever was asked before: nothing replaces anything here. */
  private ask<T>(
    run: (api: Remote<Api>, listen: <E>(listener: (event: E) => void) => (event: E) => void) => Promise<T>,
    longestMs = LONGEST_MS,
  ): Promise<T> {
    const turn = this.last.then(() =>
      this.link.request('photos', async () => {
        const known = this.link.connection
        const connection = known ?? this.link.connect(new StudioError('worker-crashed', 'The worker is being started again.'))
        try {
          return await this.link.call(connection, longestMs, (api) => run(api, (listener) => this.link.listener(connection, listener)))
        } finally {
          if (!known && connection.isCurrent) connection.settle()
        }
      }),
    )
    this.last = turn.catch(() => undefined)
    return turn as Promise<T>
  }
}
