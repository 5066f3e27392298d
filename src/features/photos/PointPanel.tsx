/** The aligned face with its 68 points, which can be dragged or moved by keys, with undo. */

import { useId, useState } from 'react'
import { useStore } from 'zustand'
import type { EncodedPicture, PhotoSummary, StoredFace } from '../../storage/photoTypes'
import { SwitchField } from '../ui/fields'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { PointEditor } from '../ui/PointEditor'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { PhotosRoom } from './room'

interface PointPanelProps {
  readonly room: PhotosRoom
  readonly photo: PhotoSummary
  readonly face: StoredFace
  readonly crop: EncodedPicture
}

export function PointPanel({ room, photo, face, crop }: PointPanelProps) {
  const m = useMessages()
  const [shows, setShows] = useState(true)
  const hintId = useId()
  const address = usePictureUrl(crop)
  return (
    <div className="point-panel">
      <div className="point-stage">
        {address ? <img src={address} alt={photo.name} draggable={false} /> : null}
        {shows ? (
          <PointEditor
            key={photo.chosen}
            landmarks={face.landmarks}
            hintId={hintId}
            onMove={(landmarks) => void room.points.move(photo, landmarks)}
            onUndo={() => void room.points.undo(photo)}
            onRedo={() => void room.points.redo(photo)}
          />
        ) : null}
      </div>
      <div className="point-bar">
        <SwitchField label={m.photos.showPoints} checked={shows} onChange={setShows} />
        <span className="top-bar-space" />
        <Steps room={room} photo={photo} face={face} />
      </div>
      <p id={hintId} className="muted point-hint">
        {m.photos.pointsHint}
      </p>
    </div>
  )
}

function Steps({ room, photo, face }: Omit<PointPanelProps, 'crop'>) {
  const m = useMessages()
  const { points } = room
  const past = useStore(points.store, (all) => all[points.keyOf(photo)])
  const isAsFound = face.landmarks.every((value, i) => value === face.found[i])
  return (
    <>
      <IconButton icon="undo" label={m.photos.undo} disabled={!past?.before.length} onClick={() => void points.undo(photo)} />
      <IconButton icon="redo" label={m.photos.redo} disabled={!past?.after.length} onClick={() => void points.redo(photo)} />
      <button type="button" className="button" disabled={isAsFound} onClick={() => void points.reset(photo)}>
        {m.photos.reset}
      </button>
    </>
  )
}
