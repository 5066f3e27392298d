/** One click from the photo to an editable contour on the studio's page. */

import { useState } from 'react'
import { CONTOUR_DEFAULTS, type ContourOptions } from '../../faces/photoContour'
import type { PhotoSummary } from '../../storage/photoTypes'
import { SwitchField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import type { PhotosRoom } from './room'

const OPTIONS = ['hair', 'ears', 'pupils'] as const satisfies readonly (keyof ContourOptions)[]

interface ContourPanelProps {
  readonly room: PhotosRoom
  readonly photo: PhotoSummary
}

export function ContourPanel({ room, photo }: ContourPanelProps) {
  const m = useMessages()
  const [options, setOptions] = useState(CONTOUR_DEFAULTS)
  const [isWorking, setWorking] = useState(false)
  const open = async (): Promise<void> => {
    setWorking(true)
    await room.toStudio(photo, options)
    setWorking(false)
  }
  return (
    <section className="photo-card">
      <h3>{m.photos.contour}</h3>
      <p className="muted">{m.photos.contourHint}</p>
      <fieldset className="contour-options">
        <legend className="visually-hidden">{m.photos.contourOptions}</legend>
        {OPTIONS.map((option) => (
          <SwitchField
            key={option}
            label={m.photos[option]}
            checked={options[option]}
            onChange={(wanted) => setOptions((now) => ({ ...now, [option]: wanted }))}
          />
        ))}
      </fieldset>
      <button type="button" className="button primary" disabled={isWorking} onClick={() => void open()}>
        <Icon name="pen" size={16} />
        <span>{m.photos.toStudio}</span>
      </button>
    </section>
  )
}
