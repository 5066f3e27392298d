/** The ablation on the edit in hand: what each model makes of it, and how far the face changes inside the edit and outside. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { changeImage } from './changes'
import { type Contestant, contestantsOf } from './editFaces'
import { faceChangeText } from './numbers'
import { Picture } from './Picture'
import type { LabRoom } from './room'
import type { EditFace } from './roomTypes'

/** A change report's map is full at 255, `changeImage` at one half. */
const HEAT_SCALE = 510

export function AblationPanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  const contestants = contestantsOf(room.port.models.list())
  return (
    <section className="lab-changes lab-ablation" aria-label={m.lab.ablationTitle}>
      <h3>{m.lab.ablationTitle}</h3>
      <p className="muted">{contestants.length > 0 ? m.lab.ablationNote : m.lab.ablationMissing}</p>
      <ol>
        {contestants.map((contestant) => (
          <li key={contestant.key}>
            <Tile room={room} contestant={contestant} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Tile({ room, contestant: { key, model, isHeld } }: { room: LabRoom; contestant: Contestant }) {
  const m = useMessages()
  const text = useLocalized()
  const face = useStore(room.store, (state) => state.faces[key])
  const name = isHeld ? m.lab.heldModel(text(model.name)) : text(model.name)
  return (
    <figure data-contestant={key} data-status={face ? 'shown' : 'waiting'}>
      <figcaption>
        <b>{name}</b>
        {face ? (
          <span className="lab-reach" data-inside={face.meanInside} data-outside={face.meanOutside}>
            {m.lab.reach(faceChangeText(face.meanInside), faceChangeText(face.meanOutside))}
          </span>
        ) : null}
      </figcaption>
      {face ? <Pictures face={face} name={name} /> : <p className="muted">{m.lab.faceWaiting}</p>}
    </figure>
  )
}

function Pictures({ face, name }: { face: EditFace; name: string }) {
  const m = useMessages()
  const heat = useMemo(() => changeImage(Float32Array.from(face.heat, (value) => value / HEAT_SCALE)), [face])
  return (
    <span className="lab-trio">
      <Picture image={face.before} px={face.sizePx} name={m.lab.faceBefore(name)} isSmooth />
      <Picture image={face.after} px={face.sizePx} name={m.lab.faceAfter(name)} isSmooth />
      <Picture image={heat} px={face.sizePx} name={m.lab.faceHeat(name)} drawing={face.edit.after} />
    </span>
  )
}
