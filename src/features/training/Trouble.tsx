/** A run that came to grief: what happened, in words, and the ways on. Nothing is changed without being asked. */

import { useStore } from 'zustand'
import type { TrainingChanges } from '../../workers/trainingProtocol'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { gentler, smallerWays } from './draft'
import type { RunStateProps } from './props'
import { optionsOf } from './room'
import { useIsTraining } from './runStates'

type Kind = 'training-diverged' | 'out-of-memory' | 'worker-crashed' | 'device-lost' | 'storage-full' | 'interrupted' | 'other'

const KNOWN: readonly Kind[] = ['training-diverged', 'out-of-memory', 'worker-crashed', 'device-lost', 'storage-full']

interface Way {
  readonly label: string
  readonly changes: TrainingChanges
}

export function Trouble({ room, run, state }: RunStateProps) {
  const m = useMessages()
  const isTraining = useIsTraining(room)
  const options = optionsOf(run)
  const method = useStore(room.store, ({ methods }) => methods.find(({ id }) => id === options.method) ?? null)
  const lost = useStore(room.port.client.store, ({ live }) => (live?.runId === run.runId ? live.error : null))
  if (state === 'elsewhere') return <p className="training-note">{m.training.elsewhere}</p>
  if (state !== 'failed' && state !== 'interrupted') return null
  const error = lost ?? run.error
  const kind: Kind = state === 'interrupted' ? 'interrupted' : (KNOWN.find((code) => code === error?.code) ?? 'other')
  const asItWas: Way = { label: m.training.ways.resume(run.step), changes: {} }
  const waysOf = (): readonly Way[] => {
    if (kind === 'training-diverged' && method)
      return [{ label: m.training.ways.gentler(run.step), changes: gentler(options, method) }, asItWas]
    if (kind !== 'out-of-memory') return [asItWas]
    const smaller = smallerWays(options, method).map((changes) => ({
      changes,
      label: changes.cropPx === undefined ? m.training.ways.batch(changes.batch ?? 1) : m.training.ways.crop(changes.cropPx),
    }))
    return [...smaller, { ...asItWas, label: m.training.ways.crash }]
  }
  return (
    <div className="training-trouble" role="alert" data-trouble={kind}>
      <h4>
        <Icon name="warning" size={16} />
        {m.training.troubleTitles[kind]}
      </h4>
      <p>{m.training.troubles[kind]}</p>
      <div className="button-row">
        {waysOf().map(({ label, changes }, i) => (
          <button
            key={label}
            type="button"
            className={i === 0 ? 'button primary' : 'button'}
            disabled={isTraining}
            onClick={() => void room.resume(run.runId, changes)}
          >
            {label}
          </button>
        ))}
      </div>
      {error && kind !== 'interrupted' ? (
        <details>
          <summary>{m.training.details}</summary>
          <p lang="en">{error.message}</p>
        </details>
      ) : null}
    </div>
  )
}
