/** Versions side by side: each with its drawing and its face, and what differs from the first. */

import { useEffect, useMemo, useRef, useState } from 'react'
import type { Version } from '../../cases/caseState'
import { versionDifference } from '../../faces/versionDifference'
import { SwitchField } from '../ui/fields'
import { heatImage } from '../ui/heatColours'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { CaseDesk } from './desk'
import type { OpenView } from './deskTypes'
import { SketchDrawing } from './SketchDrawing'
import { type ShownVersion, useVersions } from './useVersion'

/** A difference of the face below this, in 1/255, is nothing that anybody sees. */
const LEAST_SEEN = 0.5

interface CompareGridProps {
  readonly desk: CaseDesk
  readonly open: OpenView
  readonly versions: readonly Version[]
}

export function CompareGrid({ desk, open, versions }: CompareGridProps) {
  const m = useMessages()
  const [hasHeat, setHeat] = useState(false)
  const shown = useVersions(desk, versions)
  const [basis] = shown
  return (
    <section aria-label={m.cases.versions.compare}>
      <div className="case-inline">
        <h4>{m.cases.versions.compare}</h4>
        <SwitchField label={m.cases.versions.heat} checked={hasHeat} onChange={setHeat} />
      </div>
      <div className="compare-grid">
        {shown.map((each) => (
          <Compared key={each.version.version} shown={each} basis={basis ?? each} open={open} hasHeat={hasHeat} />
        ))}
      </div>
    </section>
  )
}

interface ComparedProps {
  readonly shown: ShownVersion
  readonly basis: ShownVersion
  readonly open: OpenView
  readonly hasHeat: boolean
}

function Compared({ shown, basis, open, hasHeat }: ComparedProps) {
  const m = useMessages()
  const { version, drawing, face } = shown
  const url = usePictureUrl(face)
  const difference = useMemo(() => differenceOf(basis, shown), [basis, shown])
  const seen =
    difference?.parts.filter(({ lines, pictureChange }) => (lines !== 'none' && lines !== 'same') || pictureChange >= LEAST_SEEN) ?? []
  const rating = open.state.likenesses.findLast((each) => each.version === version.version)
  return (
    <figure className="compared">
      <SketchDrawing document={drawing.document} label={`${version.name}: ${m.cases.output.sketch}`} />
      <div className="compared-face">
        {url ? (
          <img src={url} alt={`${version.name}: ${m.cases.output.face}`} />
        ) : (
          <span className="muted">{version.face ? null : m.cases.versions.noFace}</span>
        )}
        {hasHeat && difference ? <Heat values={difference.heat} /> : null}
      </div>
      <figcaption>
        <strong>{version.name}</strong>
        {rating ? <span>{m.cases.versions.rated(rating.rating, rating.words)}</span> : null}
        {shown === basis ? <span className="muted">{m.cases.versions.basis}</span> : null}
        {shown !== basis && seen.length === 0 ? (
          <span className="muted">{difference ? m.cases.versions.same : m.cases.versions.incomparable}</span>
        ) : null}
        {shown !== basis
          ? seen.map(({ part, lines, mostPx, pictureChange }) => (
              <span key={part} className="muted">
                {mostPx === null || lines === 'same'
                  ? m.cases.versions.faceAlone(m.parts[part], pictureChange.toFixed(1))
                  : m.cases.versions.differs(m.parts[part], mostPx.toFixed(1), pictureChange.toFixed(1))}
              </span>
            ))
          : null}
      </figcaption>
    </figure>
  )
}

/** `null` where one has no face, or another model's, whose face has another size. */
function differenceOf(basis: ShownVersion, other: ShownVersion) {
  if (basis === other || !basis.pixels || !other.pixels || basis.pixels.length !== other.pixels.length) return null
  const of = ({ drawing, pixels }: ShownVersion) => ({
    document: drawing.document,
    placement: drawing.placement,
    pixels: pixels ?? new Uint8ClampedArray(),
  })
  return versionDifference(of(basis), of(other))
}

function Heat({ values }: { values: Uint8ClampedArray }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const sizePx = Math.sqrt(values.length)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.putImageData(new ImageData(heatImage(values), sizePx, sizePx), 0, 0)
  }, [values, sizePx])
  return <canvas ref={canvas} className="compared-heat" width={sizePx} height={sizePx} />
}
