/** What a run makes of held-out pictures, with a slider back through its steps, and its parent's picture under a dividing line. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { EncodedPicture } from '../../storage/photoTypes'
import type { TrainingSampleRow } from '../../storage/trainingRows'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'
import type { RunProps } from './props'
import { SampleCompare } from './SampleCompare'
import { answerOf, type ColumnId, type SampleTable, tablesOf } from './sampleGrid'

export function Samples({ room }: RunProps) {
  const m = useMessages()
  const samples = useStore(room.store, (state) => state.samples)
  const isHeldOut = useStore(room.store, ({ runFacts }) => runFacts === null || runFacts.heldOut > 0)
  // `null` follows the newest.
  const [chosen, setChosen] = useState<number | null>(null)
  const last = samples.length - 1
  const at = chosen === null ? last : Math.min(chosen, last)
  const sample = samples[at]
  return (
    <section className="training-samples" aria-label={m.training.samples}>
      <h4>{m.training.samples}</h4>
      <p className="muted">{sample ? (isHeldOut ? m.training.samplesHint : m.training.samplesHintNone) : m.training.noSamples}</p>
      {sample ? (
        <>
          <div className="training-scrub">
            <input
              type="range"
              min={0}
              max={last}
              value={at}
              disabled={last === 0}
              aria-label={m.training.sampleStep}
              aria-valuetext={m.training.atStep(sample.step)}
              onChange={(event) => {
                const next = Number(event.target.value)
                setChosen(next === last ? null : next)
              }}
            />
            <output className="number">{m.training.atStep(sample.step)}</output>
            <button type="button" className="button small" disabled={chosen === null} onClick={() => setChosen(null)}>
              {m.training.newest}
            </button>
          </div>
          <Grid sample={sample} first={samples[0] ?? sample} />
        </>
      ) : null}
    </section>
  )
}

function Grid({ sample, first }: { sample: TrainingSampleRow; first: TrainingSampleRow }) {
  const m = useMessages()
  const [row, setRow] = useState(0)
  const tables = tablesOf(sample.rows)
  const place = Math.min(row, sample.rows.length - 1)
  const [before, now] = [answerOf(first.rows[place]), answerOf(sample.rows[place])]
  return (
    <div className="training-grid">
      <div className="training-tables">
        {tables.map((table) => (
          <Table key={table.columns.join()} table={table} step={sample.step} />
        ))}
      </div>
      {before && now && first.step < sample.step ? (
        <div className="training-compare">
          <h5>{m.training.compare}</h5>
          <SampleCompare
            before={before}
            now={now}
            label={`${m.training.compare}: ${m.training.sample(m.training.columns.fake_B, place + 1, sample.step)}`}
          />
          <small className="muted">{m.training.compareHint}</small>
          {sample.rows.length > 1 ? (
            <div className="chips">
              {sample.rows.map((_, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
                <button key={i} type="button" className="chip" aria-pressed={i === place} onClick={() => setRow(i)}>
                  {m.training.compareRow(i + 1)}
                </button>
              ))}
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

function Table({ table: { columns, rows }, step }: { table: SampleTable; step: number }) {
  const m = useMessages()
  // In a heap of its own a picture is not what somebody wants of a photo.
  const nameOf = (id: ColumnId): string => (id === 'real_B' && !columns.includes('real_A') ? m.training.unpairedB : m.training.columns[id])
  return (
    <table>
      <thead>
        <tr>
          {columns.map((id) => (
            <th key={id} scope="col">
              {nameOf(id)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, place }) => (
          <tr key={place}>
            {columns.map((id) => (
              <td key={id}>
                <Picture picture={row[id]} alt={m.training.sample(nameOf(id), place + 1, step)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Picture({ picture, alt }: { picture: EncodedPicture | undefined; alt: string }) {
  const address = usePictureUrl(picture)
  return address ? <img src={address} alt={alt} decoding="async" /> : null
}
