/** Runs in a page: faces by the shipped live model on one back end, kept as a case keeps them. Bundled by the test beside it. */

import { writeCase } from '../../src/cases/caseArchive'
import { caseOfFaces, drawnRequests, TEST_PHRASE, TEST_ROUNDS } from '../../src/cli/testCase'
import { chooseBackend } from '../../src/inference/backends'
import { loadModel, type ReadFile } from '../../src/inference/loadModel'
import { openFaceSession } from '../../src/inference/openSession'
import { cpuSetup } from '../../src/inference/setups/cpu'
import { wasmSetup } from '../../src/inference/setups/wasm'
import { webglSetup } from '../../src/inference/setups/webgl'
import { webgpuSetup } from '../../src/inference/setups/webgpu'
import type { Backend } from '../../src/workers/protocol'

export interface ReproductionPage {
  /** An encrypted case with as many faces, as base64; or why this back end is not to be had. */
  keep(backend: Backend, faces: number): Promise<{ file: string } | { missing: string }>
}

declare global {
  interface Window {
    reproductionPage: ReproductionPage
  }
}

const readFile: ReadFile = async (path) => (await fetch(`/models/${path}`)).arrayBuffer()

window.reproductionPage = {
  async keep(backend, most) {
    const setups = { webgpu: webgpuSetup, webgl: webglSetup, wasm: wasmSetup('/reproduction/'), cpu: cpuSetup }
    const ready = await setups[backend](true)
    if (ready.outcome !== 'ready') return { missing: ready.detail }
    const { session } = await chooseBackend(setups, loadModel(readFile, 'live'), { force: backend, exclude: [] }, openFaceSession)
    const faces = []
    for (const request of drawnRequests(session, most)) {
      const { pixels } = await session.generate(request)
      faces.push({ request, pixels, png: await pngOf(pixels, session.settings.sizePx) })
    }
    const file = await writeCase(caseOfFaces(session, faces).archive, TEST_PHRASE, TEST_ROUNDS)
    return { file: base64Of(file) }
  },
}

/** By the browser's own encoder, as the studio does it. */
async function pngOf(pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(sizePx, sizePx)
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0)
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
}

function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) pieces.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  return btoa(pieces.join(''))
}
