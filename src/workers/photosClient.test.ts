import { expose } from 'comlink'
import { afterEach, describe, expect, it } from 'vitest'
import { PhotosClient } from './photosClient'
import type { OpenedPhoto, PhotosWorkerApi } from './photosProtocol'
import type { WorkerHandle } from './spawn'

const OPENED: OpenedPhoto = {
  ...{ width: 4, height: 3, faces: [], crops: [], thumbnails: [] },
  photo: { mime: 'image/jpeg', bytes: Uint8Array.of(1) },
  whole: { mime: 'image/webp', bytes: Uint8Array.of(2) },
}
const CONTOUR = { hair: true, ears: true, pupils: true }

/** A worker on this thread that answers as it is told. */
class OneWorker implements WorkerHandle {
  readonly endpoint: MessagePort
  private readonly far: MessagePort
  terminated = false
  crash: (reason: string) => void = () => undefined

  constructor(api: Partial<PhotosWorkerApi>) {
    const { port1, port2 } = new MessageChannel()
    this.endpoint = port1
    this.far = port2
    expose(api, port2)
  }

  onCrash(listener: (reason: string) => void): void {
    this.crash = listener
  }

  watch(): void {}

  terminate(): void {
    this.terminated = true
    this.endpoint.close()
    this.far.close()
  }
}

const clients: PhotosClient[] = []
function clientOf(...apis: Partial<PhotosWorkerApi>[]): { client: PhotosClient; workers: OneWorker[] } {
  const workers: OneWorker[] = []
  const spawn = (): OneWorker => {
    const worker = new OneWorker(apis[workers.length] ?? {})
    workers.push(worker)
    return worker
  }
  const client = new PhotosClient('http://localhost/detector/', spawn)
  clients.push(client)
  return { client, workers }
}
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose()
})

const file = new Blob(['x'])
const refused = { code: 'bad-image', message: 'no picture' } as const

describe('the photos’ client', () => {
  it('starts a worker with the first photo, serves every photo in turn, and tells the stages', async () => {
    const served: string[] = []
    const { client, workers } = clientOf({
      open: async (_blob, url, onStage) => {
        served.push(url)
        onStage('finding')
        return OPENED
      },
    })
    expect(workers).toHaveLength(0)
    const stages: string[] = []
    const [a, b] = await Promise.all([client.open(file, (stage) => stages.push(stage)), client.open(file)])
    expect([a, b]).toEqual([OPENED, OPENED])
    expect(served).toEqual(['http://localhost/detector/', 'http://localhost/detector/'])
    expect(stages).toEqual(['finding'])
    expect(workers).toHaveLength(1)
  })

  it('refuses a photo with its sentence and keeps the worker', async () => {
    const { client, workers } = clientOf({ open: () => Promise.reject(refused), sketch: async () => ({ lines: [], look: {} }) })
    await expect(client.open(file)).rejects.toMatchObject(refused)
    expect(await client.sketch({ crop: OPENED.photo, landmarks: [] }, CONTOUR)).toEqual({ lines: [], look: {} })
    expect(workers).toHaveLength(1)
  })

  it('loses one photo on a crash, and has another worker for the next', async () => {
    const { client, workers } = clientOf({ open: () => new Promise(() => undefined) }, { open: async () => OPENED })
    const lost = client.open(file)
    const next = client.open(file)
    await expect.poll(() => workers.length).toBe(1)
    workers[0]?.crash('it was ended')
    await expect(lost).rejects.toMatchObject({ code: 'worker-crashed' })
    expect(await next).toEqual(OPENED)
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false])
  })
})
