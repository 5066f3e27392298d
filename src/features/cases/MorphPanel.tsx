/** The average of two to four versions: mean contour, and faces warped to it and averaged. Source: Bruce, Ness, Hancock, Newman and Rarity (2002). */

import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Version } from '../../cases/caseState'
import type { EncodedPicture } from '../../storage/photoTypes'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { CaseDesk } from './desk'
import type { Morph } from './morphs'
import { SketchDrawing } from './SketchDrawing'

export function MorphPanel({ desk, versions }: { desk: CaseDesk; versions: readonly Version[] }) {
  const m = useMessages()
  const isWorking = useStore(desk.store, (state) => state.isWorking)
  const [morph, setMorph] = useState<Morph | null>(null)
  const picture = usePictureUrl(useMemo((): EncodedPicture | null => morph && { mime: 'image/png', bytes: morph.picture }, [morph]))
  const witnesses = new Set(versions.map(({ witness }) => witness))
  const title = m.cases.versions.morphTitle(versions.map(({ name }) => name).join(', '))
  return (
    <section className="morph" aria-label={m.cases.versions.morph}>
      <h4>{m.cases.versions.morph}</h4>
      <p className="muted">{m.cases.versions.morphHint}</p>
      {witnesses.size < versions.length ? <p className="muted">{m.cases.versions.fromOneWitness}</p> : null}
      {morph ? (
        <figure className="compared">
          <SketchDrawing document={morph.drawing.document} label={`${title}: ${m.cases.output.sketch}`} />
          <div className="compared-face">{picture ? <img src={picture} alt={`${title}: ${m.cases.output.face}`} /> : null}</div>
          <figcaption>
            <strong>{title}</strong>
            <span className="muted">{m.cases.output.likeness}</span>
            <button type="button" className="button" disabled={isWorking} onClick={() => void desk.drawOnFromMorph(morph)}>
              {m.cases.versions.morphDraw}
            </button>
          </figcaption>
        </figure>
      ) : (
        <button type="button" className="button" disabled={isWorking} onClick={() => void desk.morph(versions).then(setMorph)}>
          {m.cases.versions.morph}
        </button>
      )}
    </section>
  )
}
