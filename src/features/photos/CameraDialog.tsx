/** A photo from the camera. Its picture stays in this page; where the camera may not or cannot be used, that is said. */

import { useEffect, useRef, useState } from 'react'
import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'

interface CameraDialogProps {
  readonly onTaken: (file: File) => void
  readonly onClose: () => void
}

type CameraState = 'starting' | 'running' | 'denied' | 'missing'
const QUALITY = 0.95

export function CameraDialog({ onTaken, onClose }: CameraDialogProps) {
  const m = useMessages()
  const video = useRef<HTMLVideoElement>(null)
  const state = useCamera(video)
  const take = async (): Promise<void> => {
    const blob = video.current && (await frameOf(video.current))
    if (!blob) return
    onTaken(new File([blob], `${m.photos.cameraName}.jpg`, { type: 'image/jpeg' }))
    onClose()
  }
  const messages = { starting: m.photos.cameraStarting, denied: m.photos.cameraDenied, missing: m.photos.cameraMissing, running: '' }
  return (
    <Dialog title={m.photos.cameraTitle} closeLabel={m.photos.cancel} className="camera-dialog" onClose={onClose}>
      <video ref={video} aria-label={m.photos.cameraPicture} hidden={state !== 'running'} muted autoPlay playsInline />
      <p role="status">{messages[state]}</p>
      <div className="button-row end">
        <button type="button" className="button" onClick={onClose}>
          {m.photos.cancel}
        </button>
        <button type="button" className="button primary" disabled={state !== 'running'} onClick={() => void take()}>
          {m.photos.cameraTake}
        </button>
      </div>
    </Dialog>
  )
}

/** Runs while the dialog is open. */
function useCamera(video: React.RefObject<HTMLVideoElement | null>): CameraState {
  const [state, setState] = useState<CameraState>('starting')
  useEffect(() => {
    let stream: MediaStream | null = null
    let isOpen = true
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const start = async (): Promise<void> => {
      // Missing on pages that are not secure contexts, too.
      if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('no camera', 'NotFoundError')
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 960 } } })
      if (!isOpen) return stop()
      const element = video.current
      if (!element) return
      element.srcObject = stream
      await element.play()
      setState('running')
    }
    start().catch((error: unknown) => {
      stop()
      if (isOpen) setState(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing')
    })
    return () => {
      isOpen = false
      stop()
    }
  }, [video])
  return state
}

/** As the camera sees it, not mirrored. */
function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
