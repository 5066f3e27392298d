/** The WebGL 2 back end, in a worker on an OffscreenCanvas. */

import * as tf from '@tensorflow/tfjs-core'
import type { SetUp } from '../backends'
import { isSoftwareRenderer } from '../software'

/** What the driver calls itself. */
function rendererName(gl: WebGL2RenderingContext): string {
  const debug = gl.getExtension('WEBGL_debug_renderer_info')
  return String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
}

export const webglSetup: SetUp = async (acceptSoftware) => {
  if (typeof OffscreenCanvas === 'undefined') return { outcome: 'unavailable', detail: 'no OffscreenCanvas' }
  const probe = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (!probe) return { outcome: 'unavailable', detail: 'no WebGL 2' }
  const name = rendererName(probe)
  probe.getExtension('WEBGL_lose_context')?.loseContext()
  if (isSoftwareRenderer(name) && !acceptSoftware) return { outcome: 'software', detail: name }
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl')
  if (!(await tf.setBackend('webgl'))) return { outcome: 'unavailable', detail: 'WebGL could not be started' }
  const backend = tf.backend()
  const onLost = (listener: (reason: string) => void): void => {
    if (!(backend instanceof MathBackendWebGL)) return
    backend.gpgpu.gl.canvas.addEventListener('webglcontextlost', () => listener('the WebGL context was lost'))
  }
  return { outcome: 'ready', detail: name, onLost }
}
