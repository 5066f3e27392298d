/** Random faces, each with the contour that it is the face of: one is chosen, or others are asked for. */

import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { POINT_STRIDE, type Stroke } from '../../../editor/document'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { paintFace } from '../face/paintFace'
import { useStudio } from '../studioContext'
import type { RandomFace } from './randomFaces'

export function RandomFacesDialog() {
  const { randomFaces } = useStudio()
  const faces = useStore(randomFaces.store, (state) => state.faces)
  return faces ? <Offered faces={faces} /> : null
}

function Offered({ faces }: { faces: readonly RandomFace[] }) {
  const m = useMessages()
  const { randomFaces, announcements } = useStudio()
  return (
    <Dialog title={m.wholeFace.randomTitle} closeLabel={m.face.close} className="random-faces" onClose={() => randomFaces.close()}>
      <div className="random-faces-head">
        <p className="muted">{m.wholeFace.randomHint}</p>
        <button type="button" className="button" onClick={() => randomFaces.offer()}>
          <Icon name="dice" size={16} />
          <span>{m.wholeFace.others}</span>
        </button>
      </div>
      <div className="random-faces-grid">
        {faces.map((face) => (
          <button
            key={face.seed}
            type="button"
            className="random-face"
            data-status={face.status}
            onClick={() => {
              randomFaces.choose(face.seed)
              announcements.say(m.wholeFace.began(face.seed))
            }}
          >
            <Contour strokes={face.strokes} />
            <Picture face={face} />
            <span className="random-face-name">{m.wholeFace.face(face.seed)}</span>
          </button>
        ))}
      </div>
    </Dialog>
  )
}

/** For the eyes: the button has a name. */
function Contour({ strokes }: { strokes: readonly Stroke[] }) {
  return (
    <svg className="random-face-contour" viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} aria-hidden="true" focusable="false">
      {strokes.map(({ id, points }) => (
        <polyline key={id} points={points.filter((_, i) => i % POINT_STRIDE < 2).join(' ')} />
      ))}
    </svg>
  )
}

function Picture({ face: { status, picture } }: { face: RandomFace }) {
  const m = useMessages()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => paintFace(canvas.current, picture), [picture])
  return (
    <span className="random-face-picture">
      <canvas ref={canvas} />
      {status === 'failed' ? <span className="danger">{m.wholeFace.failed}</span> : null}
    </span>
  )
}
