/** Photos on a screen of their own: in by file, drop, paste or camera, their faces, contours and pictures. Everything happens on this device. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { pickFiles } from '../ui/pickFiles'
import { ToastList } from '../ui/ToastList'
import { BatchBar } from './BatchBar'
import { CameraDialog } from './CameraDialog'
import { PhotoStrip } from './PhotoStrip'
import { PhotoView } from './PhotoView'
import type { PhotosRoom } from './room'

const ACCEPTED = '.jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp'

interface PhotosScreenProps {
  readonly room: PhotosRoom
  readonly onClose: () => void
}

export function PhotosScreen({ room, onClose }: PhotosScreenProps) {
  const m = useMessages()
  const [camera, setCamera] = useState(false)
  const photos = useStore(room.store, (state) => state.photos)
  const isLoaded = useStore(room.store, (state) => state.isLoaded)
  const selected = useStore(room.store, (state) => state.photos.find(({ id }) => id === state.selected) ?? null)
  const isOpening = useStore(room.store, (state) => state.opening !== null)
  return (
    <Dialog
      title={m.photos.title}
      closeLabel={m.photos.close}
      kind="screen"
      className="photos"
      onClose={onClose}
      header={<Toolbar room={room} onCamera={() => setCamera(true)} />}
    >
      <OpeningBar room={room} />
      {photos.length > 0 ? (
        <div className="photos-layout">
          <div className="photos-side">
            <PhotoStrip room={room} />
            <BatchBar room={room} />
          </div>
          {selected ? <PhotoView key={selected.id} room={room} photo={selected} /> : null}
        </div>
      ) : isLoaded && !isOpening ? (
        <Empty room={room} />
      ) : null}
      {camera ? <CameraDialog onTaken={(file) => void room.takeFiles([file])} onClose={() => setCamera(false)} /> : null}
      <ToastList toasts={room.port.toasts} />
    </Dialog>
  )
}

function Toolbar({ room, onCamera }: { room: PhotosRoom; onCamera: () => void }) {
  const m = useMessages()
  return (
    <div className="room-toolbar">
      <button type="button" className="button" onClick={onCamera}>
        <Icon name="camera" size={16} />
        <span>{m.photos.camera}</span>
      </button>
      <button type="button" className="button primary" onClick={() => pickFiles(ACCEPTED, (files) => void room.takeFiles(files))}>
        <Icon name="upload" size={16} />
        <span>{m.photos.open}</span>
      </button>
    </div>
  )
}

function OpeningBar({ room }: { room: PhotosRoom }) {
  const m = useMessages()
  const opening = useStore(room.store, (state) => state.opening)
  if (!opening) return <p role="status" className="visually-hidden" />
  const { stage, name, place, total } = opening
  const what = stage === 'loading-finder' ? m.photos.loadingFinder : stage === 'finding' ? m.photos.finding(name) : m.photos.reading(name)
  return (
    <div className="room-work">
      <p role="status">
        <span className="status-dot" aria-hidden="true" />
        {what}
        {total > 1 ? <span className="muted"> {m.photos.place(place, total)}</span> : null}
      </p>
      <button type="button" className="button small" onClick={room.cancelOpening}>
        {m.photos.cancel}
      </button>
    </div>
  )
}

function Empty({ room }: { room: PhotosRoom }) {
  const m = useMessages()
  return (
    <div className="room-empty">
      <Icon name="photo" size={56} />
      <p>{m.photos.dropHere}</p>
      <p className="muted">{m.photos.staysHere}</p>
      <button type="button" className="button" onClick={() => void room.openExample()}>
        {m.photos.example}
      </button>
    </div>
  )
}
