/** The WebGPU back end. TensorFlow.js does not notice when its device is lost, so this does. */

import * as tf from '@tensorflow/tfjs-core'
import type { SetUp } from '../backends'
import { isSoftwareRenderer } from '../software'

function describeAdapter({ vendor, architecture, description, device }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unnamed adapter'
}

/** Older browsers say it on the adapter, newer ones on its info. */
function isFallback(adapter: GPUAdapter): boolean {
  return adapter.info.isFallbackAdapter || (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter === true
}

export const webgpuSetup: SetUp = async (acceptSoftware) => {
  const gpu = typeof navigator === 'undefined' ? undefined : navigator.gpu
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) return { outcome: 'unavailable', detail: gpu ? 'no adapter' : 'no WebGPU' }
  const name = describeAdapter(adapter.info)
  if ((isFallback(adapter) || isSoftwareRenderer(name)) && !acceptSoftware) return { outcome: 'software', detail: name }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  if (!(await tf.setBackend('webgpu'))) return { outcome: 'unavailable', detail: 'WebGPU could not be started' }
  const backend = tf.backend()
  const onLost = (listener: (reason: string) => void): void => {
    if (!(backend instanceof WebGPUBackend)) return
    // 'destroyed' is our own doing.
    void backend.device.lost.then(({ reason, message }) => reason !== 'destroyed' && listener(message || 'the WebGPU device was lost'))
  }
  return { outcome: 'ready', detail: name, onLost }
}
