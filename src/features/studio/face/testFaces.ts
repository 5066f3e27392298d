/** For tests of the face loop: generators whose answers the test gives, and a hand that draws. */

import { vi } from 'vitest'
import type { Editor, PointerInput } from '../../../editor'
import type { GeneratedFace, GenerateRequest, MakeRequest, ModelSummary } from '../../../workers/protocol'
import type { FaceGenerator, FaceRefiner, LoopModel } from './faceTypes'

export const SIZE = 32
export const DEFAULTS = { jaw: 0.5, brows: 0.1, eyes: 0.1, nose: 0.1, mouth: 0.1, rest: 0.5 }

interface Waiting {
  request: GenerateRequest
  resolve: (face: GeneratedFace | null) => void
  reject: (error: Error) => void
}

/** Requests that wait for the test's answer. */
class Answers {
  readonly requests: GenerateRequest[] = []
  protected readonly waiting: Waiting[] = []

  get unanswered(): number {
    return this.waiting.length
  }

  /** Answers the `index`-th unanswered request with a face of one shade. */
  answer(shade: number, index = 0, elapsedMs = 10): void {
    const [waiting] = this.waiting.splice(index, 1)
    if (!waiting) throw new Error('Nothing waits for an answer.')
    const { request, resolve } = waiting
    const pixels = new Uint8ClampedArray(SIZE * SIZE * 4).fill(shade)
    const change = request.locality.reference ? { heat: new Uint8ClampedArray(SIZE * SIZE), meanInside: 2, meanOutside: 1 } : null
    resolve({ revision: request.revision, pixels, sizePx: SIZE, elapsedMs, change, madeBy: null })
  }

  protected ask(request: GenerateRequest): Promise<GeneratedFace | null> {
    this.requests.push(request)
    return new Promise((resolve, reject) => this.waiting.push({ request, resolve, reject }))
  }
}

export class FakeGenerator extends Answers implements FaceGenerator {
  ready = true
  tolerance: LoopModel['tolerance'] = { defaults: DEFAULTS }
  private listener: () => void = () => undefined

  model(): LoopModel | null {
    const lookPresets = [{ id: 'first', name: { en: 'First', zh: '一' }, look: { age: 30 } }]
    return this.ready ? { id: 'test', sizePx: SIZE, lookPresets, tolerance: this.tolerance } : null
  }

  subscribe(listener: () => void) {
    this.listener = listener
    return () => undefined
  }

  generate(request: GenerateRequest): Promise<GeneratedFace | null> {
    return this.ask(request)
  }

  crash(): void {
    this.ready = false
    for (const { reject } of this.waiting.splice(0)) reject(new Error('crashed'))
    this.listener()
  }

  restart(): void {
    this.ready = true
    this.listener()
  }
}

export class FakeRefiner extends Answers implements FaceRefiner {
  installed = true

  modelId(): string | null {
    return this.installed ? 'fine' : null
  }

  async generate(make: MakeRequest): Promise<GeneratedFace | null> {
    const model: ModelSummary = {
      id: 'fine',
      ref: { shipped: 'fine' },
      name: { en: 'Fine', zh: '精细' },
      role: 'fine',
      sizePx: SIZE,
      bytes: 1,
      strength: null,
      lookFields: [],
      lookPresets: [],
      tolerance: { defaults: DEFAULTS },
    }
    const request = make(model)
    return request && (await this.ask(request))
  }

  fail(): void {
    for (const { reject } of this.waiting.splice(0)) reject(new Error('lost'))
  }
}

/** Lets time pass, and what is due happen. The test has turned the clocks over to vitest, so that a busy machine changes nothing. */
export async function pause(ms = 20): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

export const at = (x: number, y: number): PointerInput => ({
  x,
  y,
  pressure: 0.5,
  pointerType: 'mouse',
  pointerId: 1,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  timeMs: 0,
  pxPerScreenPx: 1,
})

export function drawMouth(editor: Editor, dy = 0): void {
  editor.pointerDown(at(210, 390 + dy))
  editor.pointerMove([at(256, 400 + dy), at(300, 390 + dy)])
  editor.pointerUp(at(300, 390 + dy))
}

export function drawHair(editor: Editor): void {
  editor.pointerDown(at(120, 100))
  editor.pointerMove([at(256, 40), at(390, 100)])
  editor.pointerUp(at(390, 100))
}
