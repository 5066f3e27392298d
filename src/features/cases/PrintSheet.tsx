/** One sheet: the case's data, drawing and face, the model in one line, and what the picture is not. Shown small on the screen, alone on paper. */

import { useEffect } from 'react'
import type { Version } from '../../cases/caseState'
import { MEAN_FACE_PARTS } from '../../faces/parts'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { OpenView } from './deskTypes'
import { SketchDrawing } from './SketchDrawing'
import type { ShownVersion } from './useVersion'
import { exactTime } from './when'

/** Names that are the same everywhere. */
export const PAPERS = { a4: 'A4', letter: 'Letter' } as const
export type Paper = keyof typeof PAPERS

interface PrintSheetProps {
  readonly open: OpenView
  readonly version: Version
  /** `null` while it is being read. Whoever prints waits for the same pictures that the sheet shows. */
  readonly kept: ShownVersion | null
  readonly paper: Paper
  readonly hasColour: boolean
}

export function PrintSheet({ open, version, kept, paper, hasColour }: PrintSheetProps) {
  const m = useMessages().cases
  const { tag } = useLanguage()
  const url = usePictureUrl(kept?.face)
  useOnPaper(paper)
  const { fields, witnesses, confirmations, likenesses } = open.state
  const witness = witnesses.find(({ id }) => id === version.witness)?.name
  const confirmation = confirmations.findLast((each) => each.version === version.version)
  const rating = likenesses.findLast((each) => each.version === version.version)
  return (
    <article className="case-paper" data-grey={hasColour ? undefined : ''}>
      <header>
        <h2>
          {fields.number} {fields.title}
        </h2>
        <p>
          {[fields.agency, fields.incident, m.output.drawnBy(fields.operator), exactTime(version.at, tag)]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      </header>
      <p className="case-paper-likeness">{m.output.likeness}</p>
      <div className="case-paper-pictures">
        <figure>
          {kept ? <SketchDrawing document={kept.drawing.document} label={m.output.sketch} /> : null}
          <figcaption>{m.output.sketch}</figcaption>
        </figure>
        <figure>
          {url ? <img src={url} alt={m.output.face} /> : version.face ? null : <p>{m.versions.noFace}</p>}
          <figcaption>{m.output.face}</figcaption>
        </figure>
      </div>
      <p>{[version.name, witness ?? m.versions.nobody].join(' · ')}</p>
      {rating ? <p>{m.versions.rated(rating.rating, rating.words)}</p> : null}
      {confirmation ? (
        <p>
          {m.versions.confirmed(
            m.versions.representsChoices[confirmation.represents],
            confirmation.initials,
            confirmation.date,
            confirmation.statement,
          )}
        </p>
      ) : null}
      <StandIns kept={kept} />
      <footer>
        {version.model ? <p>{m.output.model(version.model.id, version.model.weights.map((sum) => sum.slice(0, 12)).join(' '))}</p> : null}
        <p>{m.warning}</p>
        <p className="case-digest">{m.output.digest(open.entries.at(-1)?.digest ?? '')}</p>
      </footer>
    </article>
  )
}

/** What the witness did not describe and the face shows all the same. */
function StandIns({ kept }: { kept: ShownVersion | null }) {
  const m = useMessages()
  if (!kept) return null
  const { strokes, leftOut = [] } = kept.drawing.document
  const drawn = new Set<string>(strokes.map(({ part }) => part))
  const missing = MEAN_FACE_PARTS.filter((part) => !drawn.has(part) && !leftOut.includes(part))
  return missing.length > 0 ? <p>{m.cases.output.standIns(missing.map((part) => m.parts[part]).join(', '))}</p> : null
}

/** While it is mounted, paper shows this sheet and not the page. */
function useOnPaper(paper: Paper): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.paper = 'case'
    dataset.paperSize = paper
    return () => {
      delete dataset.paper
      delete dataset.paperSize
    }
  }, [paper])
}
