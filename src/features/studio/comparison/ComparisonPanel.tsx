/** The same drawing by several models, and after an edit how far it reached in each: over the face, so that the page stays free to be drawn on. */

import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { ModelEntry } from '../../../workers/protocol'
import { Hint } from '../../ui/Hint'
import { IconButton } from '../../ui/IconButton'
import { useLocalized, useMessages } from '../../ui/i18n/I18n'
import { paintFace, paintHeatOnBlack } from '../face/paintFace'
import { writeChange } from '../face/Reach'
import { useStudio } from '../studioContext'

export function ComparisonPanel() {
  const { comparison } = useStudio()
  const isOpen = useStore(comparison.store, (state) => state.isOpen)
  return isOpen ? <OpenPanel /> : null
}

function OpenPanel() {
  const m = useMessages()
  const { comparison } = useStudio()
  const isUnedited = useStore(comparison.store, ({ faces }) => Object.values(faces).every(({ change }) => change === null))
  return (
    <section
      className="comparison"
      aria-label={m.comparison.title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') comparison.close()
      }}
    >
      <header className="comparison-header">
        <h2>{m.comparison.title}</h2>
        <Hint text={m.comparison.pinHint}>
          <button type="button" className="button small" onClick={() => comparison.pin()}>
            {m.comparison.pin}
          </button>
        </Hint>
        <IconButton icon="close" label={m.face.close} onClick={() => comparison.close()} />
      </header>
      <div className="comparison-models">
        {comparison.models().map((model) => (
          <Model key={model.id} model={model} />
        ))}
      </div>
      <p className="comparison-hint muted">
        {isUnedited ? <b>{m.comparison.unedited} </b> : null}
        {m.comparison.hint}
      </p>
    </section>
  )
}

function Model({ model }: { model: ModelEntry }) {
  const m = useMessages()
  const localized = useLocalized()
  const name = localized(model.name)
  const { comparison } = useStudio()
  const shown = useStore(comparison.store, ({ faces }) => faces[model.id])
  const outside = shown?.change ? writeChange(shown.change.meanOutside) : '–'
  const inside = shown?.change ? writeChange(shown.change.meanInside) : '–'
  return (
    <article className="comparison-model" data-model={model.id} data-status={shown?.status}>
      <h3>{name}</h3>
      <output className="comparison-change" data-inside={shown?.change?.meanInside} data-outside={shown?.change?.meanOutside}>
        <span>
          <b className="number">{outside}</b> {m.face.outside}
        </span>
        <span className="muted">
          <span className="number">{inside}</span> {m.face.inside}
        </span>
      </output>
      <div className="comparison-pictures">
        <Pictures model={model} name={name} />
        {shown?.status === 'waiting' ? <p className="comparison-wait muted">{m.comparison.loading}</p> : null}
        {shown?.status === 'failed' ? <p className="comparison-wait danger">{m.comparison.failed}</p> : null}
      </div>
      {model.note ? <p className="comparison-note">{localized(model.note)}</p> : null}
    </article>
  )
}

function Pictures({ model, name }: { model: ModelEntry; name: string }) {
  const m = useMessages()
  const { comparison } = useStudio()
  const sequence = useStore(comparison.store, ({ faces }) => faces[model.id]?.sequence)
  const isUnedited = useStore(comparison.store, ({ faces }) => !faces[model.id]?.change)
  const face = useRef<HTMLCanvasElement>(null)
  const map = useRef<HTMLCanvasElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new sequence means new pictures
  useEffect(() => {
    const pictures = comparison.pictures(model.id)
    if (!pictures) return
    paintFace(face.current, pictures.face)
    paintHeatOnBlack(map.current, pictures.heat)
  }, [comparison, model.id, sequence])

  return (
    <>
      <canvas ref={face} className="comparison-face" role="img" aria-label={m.comparison.face(name)} data-sequence={sequence} />
      <canvas
        ref={map}
        className="comparison-heat"
        role="img"
        aria-label={m.comparison.heat(name)}
        data-empty={isUnedited ? '' : undefined}
      />
    </>
  )
}
