/** The lesson: why instance norms spread an edit, in six pictures that the lab makes of the edit in hand. */

import { type ReactNode, useMemo } from 'react'
import { useStore } from 'zustand'
import { type Edit, isUnedited, movedShare } from '../../lab/edit'
import { cellOf, type PagePoint } from '../../shared/featurePlace'
import type { LayerChange } from '../../workers/protocol'
import { useMessages } from '../ui/i18n/I18n'
import { NormBars, ReachBars } from './Bars'
import { changeImage, normShift } from './changes'
import { EditLines, useEditInHand } from './EditLines'
import { lessonModels } from './editStudies'
import { faceChangeText, percentText } from './numbers'
import { Picture } from './Picture'
import type { LabRoom } from './room'
import { type EditFace, type EditStudy, M1, OURS } from './roomTypes'
import { StepBar } from './StepBar'

export function WhyView({ room }: { room: LabRoom }) {
  const m = useMessages()
  const edit = useEditInHand(room)
  const isOffered = lessonModels(room.port).length === 2
  return (
    <article className="lab-why">
      <h3>{m.lab.why.title}</h3>
      <p className="lab-intro muted">{isOffered ? m.lab.why.intro : m.lab.why.missing}</p>
      <StepBar room={room} />
      {edit && isUnedited(edit) ? <p>{m.lab.changeFirst}</p> : null}
      {edit && isOffered ? <Pictures room={room} edit={edit} /> : null}
    </article>
  )
}

function Pictures({ room, edit }: { room: LabRoom; edit: Edit }) {
  const m = useMessages()
  const point = useStore(room.store, (state) => state.point)
  const m1 = useStore(room.store, (state) => state.studies[M1])
  const ours = useStore(room.store, (state) => state.studies[OURS])
  const faces = useStore(room.store, (state) => state.faces)
  const { pictures } = m.lab.why
  return (
    <ol>
      <Step
        place={1}
        title={pictures.edit.title}
        text={ours && pictures.edit.text(changeAt(ours.plain.layers[0], point) === 0 ? pictures.edit.far : pictures.edit.near)}
      >
        <EditLines edit={edit} point={point} />
      </Step>
      <Step place={2} title={pictures.near.title} text={ours && pictures.near.text(sharesOf(ours.plain.layers[0]))}>
        {ours ? <Heat study={ours} layer={ours.plain.layers[0]} name={pictures.near.title} /> : null}
      </Step>
      <Step place={3} title={pictures.measure.title} text={m1 && pictures.measure.text(normText(m1))}>
        {m1?.plain.layers[0]?.norm ? <NormBars norm={m1.plain.layers[0].norm} name={pictures.measure.title} /> : null}
      </Step>
      <Step
        place={4}
        title={pictures.everywhere.title}
        text={m1 && pictures.everywhere.text(sharesOf(m1.plain.layers[0]), percentText(changeAt(m1.plain.layers[0], point)))}
      >
        {m1 ? <Heat study={m1} layer={m1.plain.layers[0]} name={pictures.everywhere.title} /> : null}
      </Step>
      <Step place={5} title={pictures.held.title} text={m1 && pictures.held.text(sharesOf(m1.held.layers[0]))}>
        {m1 ? <Heat study={m1} layer={m1.held.layers[0]} name={pictures.held.title} /> : null}
      </Step>
      <LastStep room={room} ours={ours} faces={faces} />
    </ol>
  )
}

/** What is left of it in the face: whichever way the figures fall. */
function LastStep({ room, ours, faces }: { room: LabRoom; ours: EditStudy | undefined; faces: Readonly<Record<string, EditFace>> }) {
  const m = useMessages()
  const { face } = m.lab.why.pictures
  const [plain, own] = [faces[M1], faces[OURS]]
  const held = faces[`${OURS} held`]
  const isReady = ours && plain && own && held
  const outside = [plain, own, held].map((one) => faceChangeText(one?.meanOutside ?? 0)) as [string, string, string]
  return (
    <Step place={6} title={face.title} text={isReady && face.text(sharesOf(ours.plain.layers[2]), ...outside)}>
      {isReady ? <ReachBars room={room} faces={faces} name={face.title} /> : null}
    </Step>
  )
}

interface StepProps {
  readonly place: number
  readonly title: string
  /** Missing until there are figures. */
  readonly text: string | undefined
  readonly children: ReactNode
}

function Step({ place, title, text, children }: StepProps) {
  const m = useMessages()
  return (
    <li>
      <figure data-ready={text ? '' : undefined}>
        <h4>{`${place}. ${title}`}</h4>
        <div className="lab-why-picture">{children}</div>
        <figcaption>{text ?? m.lab.faceWaiting}</figcaption>
      </figure>
    </li>
  )
}

function Heat({ study, layer, name }: { study: EditStudy; layer: LayerChange | undefined; name: string }) {
  const image = useMemo(() => layer && changeImage(layer.change), [layer])
  return layer && image ? <Picture image={image} px={layer.px} name={name} drawing={study.edit.after} /> : null
}

const sharesOf = (layer: LayerChange | undefined): string => percentText(layer ? movedShare(layer.change) : null)

const normText = ({ plain }: EditStudy): string => percentText(plain.layers[0] ? normShift(plain.layers[0]) : null)

/** In mean lengths of the layer's vectors. */
function changeAt(layer: LayerChange | undefined, point: PagePoint): number | null {
  if (!layer) return null
  const [column, row] = cellOf(point, layer.px, layer.px)
  return layer.change[row * layer.px + column] ?? null
}
