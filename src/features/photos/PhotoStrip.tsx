/** The list of photos: which one is shown, and which are taken for making several at once. */

import { useStore } from 'zustand'
import type { PhotoSummary } from '../../storage/photoTypes'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { PhotosRoom } from './room'

export function PhotoStrip({ room }: { room: PhotosRoom }) {
  const m = useMessages()
  const photos = useStore(room.store, (state) => state.photos)
  return (
    <ul className="photo-strip" aria-label={m.photos.list}>
      {photos.map((photo) => (
        <Item key={photo.id} room={room} photo={photo} />
      ))}
    </ul>
  )
}

function Item({ room, photo }: { room: PhotosRoom; photo: PhotoSummary }) {
  const m = useMessages()
  const isShown = useStore(room.store, (state) => state.selected === photo.id)
  const isChecked = useStore(room.store, (state) => state.checked.includes(photo.id))
  const address = usePictureUrl(photo.thumbnail)
  return (
    <li className="photo-item" data-current={isShown ? '' : undefined}>
      <button
        type="button"
        className="photo-thumbnail"
        aria-label={m.photos.select(photo.name)}
        aria-pressed={isShown}
        onClick={() => room.select(photo.id)}
      >
        {address ? <img src={address} alt="" draggable={false} /> : null}
        {photo.faces.length === 0 ? <span className="photo-mark">{m.photos.noFace}</span> : null}
      </button>
      <label className="photo-check">
        <input
          type="checkbox"
          aria-label={m.photos.check(photo.name)}
          checked={isChecked}
          onChange={(event) => room.check(photo.id, event.target.checked)}
        />
        <span aria-hidden="true">{photo.name}</span>
      </label>
    </li>
  )
}
