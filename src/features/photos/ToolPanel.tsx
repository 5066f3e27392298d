/** The tools that make pictures: whichever models are installed, their result beside the photo, and what can be done with it. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { MOST_RADIUS_PX } from '../../shared/guidedPixels'
import type { EncodedPicture, PhotoSummary, StoredFace } from '../../storage/photoTypes'
import { SliderField } from '../ui/fields'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { CompareView } from './CompareView'
import type { PhotosRoom } from './room'
import { type PaintedFace, type PictureModel, paintedKey } from './roomTypes'
import { useLoading, useModels } from './useModels'

interface ToolPanelProps {
  readonly room: PhotosRoom
  readonly photo: PhotoSummary
  readonly face: StoredFace
  readonly crop: EncodedPicture
}

/** Turned by less, a face is seen from the front. */
const FRONTAL_DEGREES = 12

export function ToolPanel({ room, photo, face, crop }: ToolPanelProps) {
  const m = useMessages()
  const models = useModels(room.port)
  const [chosen, setChosen] = useState<string | null>(null)
  const model = models.find(({ id }) => id === chosen) ?? null
  const painting = useStore(room.store, (state) => state.painting)
  const make = (next: PictureModel): void => {
    setChosen(next.id)
    if (!room.store.getState().painted[paintedKey(photo, next.id)]) void room.paint(photo, next.id)
  }
  return (
    <section className="photo-card">
      <h3>{m.photos.tools}</h3>
      {models.length === 0 ? <p className="muted">{m.photos.noTools}</p> : null}
      <div className="chips">
        {models.map((each) => (
          <button
            key={each.id}
            type="button"
            className="chip"
            aria-pressed={each.id === chosen}
            disabled={painting !== null}
            title={m.photos.styleHints[each.style]}
            onClick={() => make(each)}
          >
            {styleName(each, models, m.photos.styles)}
          </button>
        ))}
      </div>
      {model?.style === 'frontal' && Math.abs(face.yawDegrees) < FRONTAL_DEGREES ? <p className="muted">{m.photos.notTurned}</p> : null}
      {model ? <Result key={paintedKey(photo, model.id)} room={room} photo={photo} model={model} crop={crop} /> : null}
    </section>
  )
}

/** A person's own model goes by the name that they gave it, two shipped ones of one style by theirs. */
export function styleName(
  model: PictureModel,
  models: readonly PictureModel[],
  styles: Readonly<Record<PictureModel['style'], string>>,
): string {
  if (model.own) return model.name.en
  const isAlone = models.filter(({ style, own }) => style === model.style && !own).length === 1
  return isAlone ? styles[model.style] : `${styles[model.style]} (${model.id})`
}

interface ResultProps extends Omit<ToolPanelProps, 'face'> {
  readonly model: PictureModel
}

function Result({ room, photo, model, crop }: ResultProps) {
  const m = useMessages()
  const key = paintedKey(photo, model.id)
  const painted = useStore(room.store, (state) => state.painted[key] ?? null)
  const isWorking = useStore(room.store, (state) => state.painting === key)
  const loading = useLoading(room.port)
  const what = loading === null ? m.photos.making : m.photos.loading(Math.round(100 * loading))
  return (
    <div className="photo-result">
      <p role="status" className={isWorking ? 'muted' : 'visually-hidden'}>
        {isWorking ? what : ''}
      </p>
      {painted ? <Painted room={room} photo={photo} model={model} crop={crop} painted={painted} /> : null}
      {!painted && !isWorking ? (
        <button type="button" className="button" onClick={() => void room.paint(photo, model.id)}>
          {m.photos.make(m.photos.styles[model.style])}
        </button>
      ) : null}
    </div>
  )
}

function Painted({ room, photo, model, crop, painted }: ResultProps & { painted: PaintedFace }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { elapsedMs } = painted
  const key = paintedKey(photo, model.id)
  const seconds = (elapsedMs / 1000).toLocaleString(tag, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  const took = elapsedMs < 1000 ? m.face.milliseconds(Math.round(elapsedMs)) : m.photos.time(seconds)
  return (
    <>
      <CompareView crop={crop} painted={painted} label={m.photos.result(m.photos.styles[model.style], photo.name)} />
      {painted.strength !== null ? (
        <SliderField
          label={m.photos.strength}
          value={Math.round(100 * painted.strength)}
          min={0}
          max={100}
          step={1}
          format={m.percent}
          onChange={(percent) => room.setBlend(key, { strength: percent / 100 })}
        />
      ) : null}
      {model.style === 'cartoon' ? (
        <SliderField
          label={m.photos.radius}
          value={painted.radius}
          min={0}
          max={MOST_RADIUS_PX}
          step={1}
          format={m.photos.pixels}
          onChange={(radius) => room.setBlend(key, { radius })}
        />
      ) : null}
      <div className="button-row">
        <button type="button" className="button" onClick={() => void room.savePicture(photo, model)}>
          <Icon name="download" size={16} />
          <span>{m.photos.save}</span>
        </button>
        <button type="button" className="button" onClick={() => void room.saveSheet(photo)}>
          <Icon name="columns" size={16} />
          <span>{m.photos.sheet}</span>
        </button>
        {model.style === 'drawing' ? (
          <button type="button" className="button" title={m.photos.strokesHint} onClick={() => void room.strokesOf(photo, model)}>
            <Icon name="pen" size={16} />
            <span>{m.photos.strokes}</span>
          </button>
        ) : null}
        <span className="muted photo-time" data-elapsed-ms={Math.round(elapsedMs)}>
          {took}
        </span>
      </div>
    </>
  )
}
