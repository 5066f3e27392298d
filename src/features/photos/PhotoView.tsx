/** One photo: its face with the points, what to know of it, and what can be made of it. */

import { useState } from 'react'
import { cautionsOf } from '../../faces/photoFaces'
import { landmarksOf } from '../../faces/photoSketch'
import type { EncodedPicture, PhotoSummary } from '../../storage/photoTypes'
import { Icon } from '../ui/Icon'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { isComposing } from '../ui/keyPress'
import { usePictureUrl } from '../ui/usePictureUrl'
import { ContourPanel } from './ContourPanel'
import { PointPanel } from './PointPanel'
import type { PhotosRoom } from './room'
import { faceOf } from './roomTypes'
import { ToolPanel } from './ToolPanel'
import { usePictures } from './usePictures'

interface PhotoViewProps {
  readonly room: PhotosRoom
  readonly photo: PhotoSummary
}

export function PhotoView({ room, photo }: PhotoViewProps) {
  const m = useMessages()
  const pictures = usePictures(room, photo.id, photo.faces.length)
  const face = faceOf(photo)
  const crop = pictures?.crops[photo.chosen]
  return (
    <section className="photo-view" aria-label={photo.name}>
      <div className="photo-head">
        <PhotoName room={room} photo={photo} />
        <IconButton icon="trash" label={m.photos.delete} onClick={() => void room.remove([photo.id])} />
      </div>
      {photo.faces.length > 1 && pictures ? <FaceChooser room={room} photo={photo} crops={pictures.crops} /> : null}
      {face ? <Cautions photo={photo} /> : null}
      {face && crop ? (
        <div className="photo-work">
          <div className="photo-tools">
            <PointPanel room={room} photo={photo} face={face} crop={crop} />
            <ContourPanel room={room} photo={photo} />
          </div>
          <div className="photo-tools">
            <ToolPanel room={room} photo={photo} face={face} crop={crop} />
          </div>
        </div>
      ) : null}
      {!face && pictures ? <NoFace photo={pictures.photo} onPlace={() => room.placeByHand(photo)} /> : null}
    </section>
  )
}

function PhotoName({ room, photo }: { room: PhotosRoom; photo: PhotoSummary }) {
  const m = useMessages()
  const [draft, setDraft] = useState(photo.name)
  const keep = (): void => {
    const name = draft.trim()
    if (name === '' || name === photo.name) setDraft(photo.name)
    else room.rename(photo.id, name)
  }
  return (
    <input
      className="document-name"
      aria-label={m.photos.name}
      value={draft}
      maxLength={80}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (!isComposing(event.nativeEvent) && event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}

function FaceChooser({ room, photo, crops }: { room: PhotosRoom; photo: PhotoSummary; crops: readonly EncodedPicture[] }) {
  const m = useMessages()
  return (
    <fieldset className="face-chooser">
      <legend className="visually-hidden">{m.photos.faces}</legend>
      <p>{m.photos.facesFound(photo.faces.length)}</p>
      <div className="face-choices">
        {crops.map((crop, i) => (
          <FaceChoice
            // biome-ignore lint/suspicious/noArrayIndexKey: faces have no other name, and keep their order
            key={i}
            crop={crop}
            label={m.photos.face(i + 1)}
            isChosen={i === photo.chosen}
            onChoose={() => void room.chooseFace(photo, i)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface FaceChoiceProps {
  readonly crop: EncodedPicture
  readonly label: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function FaceChoice({ crop, label, isChosen, onChoose }: FaceChoiceProps) {
  const address = usePictureUrl(crop)
  return (
    <button type="button" className="face-choice" aria-label={label} aria-pressed={isChosen} onClick={onChoose}>
      {address ? <img src={address} alt="" draggable={false} /> : null}
    </button>
  )
}

/** What to know of the face, in words. */
function Cautions({ photo }: { photo: PhotoSummary }) {
  const m = useMessages()
  const face = faceOf(photo)
  if (!face) return null
  const cautions = cautionsOf({ ...face, landmarks: landmarksOf(face.landmarks) }, photo)
  return cautions.length > 0 ? (
    <ul className="photo-cautions">
      {cautions.map((caution) => (
        <li key={caution}>
          <Icon name="warning" size={16} />
          <span>{m.photos.cautions[caution](Math.round(Math.abs(face.yawDegrees) / 5) * 5)}</span>
        </li>
      ))}
    </ul>
  ) : null
}

function NoFace({ photo, onPlace }: { photo: EncodedPicture; onPlace: () => Promise<void> }) {
  const m = useMessages()
  const address = usePictureUrl(photo)
  return (
    <div className="photo-noface">
      {address ? <img src={address} alt="" draggable={false} /> : null}
      <div>
        <p className="photo-noface-title">{m.photos.noFace}</p>
        <p>{m.photos.noFaceAdvice}</p>
        <p className="muted">{m.photos.byHandHint}</p>
        <button type="button" className="button" onClick={() => void onPlace()}>
          {m.photos.byHand}
        </button>
      </div>
    </div>
  )
}
