/** One run: where it is, what it costs, its losses and samples, and its result. */

import { useStore } from 'zustand'
import type { LiveRun } from '../../workers/trainingClient'
import { Icon } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { nearnessOf, picturesPerSecond, throttledBy, timeLeftMs } from './figures'
import { LossCharts } from './LossCharts'
import type { RunProps, RunStateProps } from './props'
import { Result } from './Result'
import { optionsOf, type TrainingRoom } from './room'
import { useIsTraining, useLive, useShownState } from './runStates'
import { Samples } from './Samples'
import { Trouble } from './Trouble'
import { useWords } from './words'

export function RunView({ room, run }: RunProps) {
  const state = useShownState(room, run)
  const { name } = optionsOf(run)
  // What is wanted next comes first.
  const isRunning = state === 'running'
  return (
    <section className="training-view" aria-label={name}>
      <header className="training-head">
        <h3>{name}</h3>
        <Buttons room={room} run={run} state={state} />
      </header>
      <Status room={room} run={run} state={state} />
      <Trouble room={room} run={run} state={state} />
      <Nearness room={room} run={run} />
      {isRunning ? null : <Result room={room} run={run} state={state} />}
      <Samples room={room} run={run} />
      <LossCharts room={room} run={run} />
      {isRunning ? <Result room={room} run={run} state={state} /> : null}
    </section>
  )
}

function Buttons({ room, run, state }: RunStateProps) {
  const m = useMessages()
  const isTraining = useIsTraining(room)
  const asked = useStore(room.port.client.store, (client) => client.asked)
  const { steps } = optionsOf(run)
  if (state === 'running')
    return (
      <div className="button-row">
        <button type="button" className="button primary" disabled={asked !== null} onClick={room.pause}>
          {m.training.pause}
        </button>
        <button type="button" className="button" disabled={asked !== null} onClick={room.stop}>
          {m.training.stop}
        </button>
      </div>
    )
  const isWhole = run.step >= steps
  const more = Math.max(10, Math.round(steps / 20) * 10)
  const goOn = (): void => {
    const { trainingMs } = optionsOf(run)
    const later = trainingMs !== null && run.elapsedMs >= trainingMs ? { trainingMs: null } : {}
    void room.resume(run.runId, { ...later, ...(isWhole && { steps: steps + more }) })
  }
  return (
    <div className="button-row">
      {state === 'paused' || state === 'stopped' || state === 'finished' || state === 'ready' ? (
        <button type="button" className="button primary" disabled={isTraining} onClick={goOn}>
          {isWhole ? m.training.resumeMore(more) : m.training.resume}
        </button>
      ) : null}
      <button type="button" className="button" disabled={state === 'elsewhere'} onClick={() => void room.removeRun(run)}>
        <Icon name="trash" size={16} />
        <span>{m.training.remove}</span>
      </button>
    </div>
  )
}

function Status({ room, run, state }: RunStateProps) {
  const m = useMessages()
  const live = useLive(room, run.runId)
  const asked = useStore(room.port.client.store, (client) => client.asked)
  const { steps } = optionsOf(run)
  const isRunning = state === 'running'
  const step = isRunning && live?.phase === 'training' ? live.step : run.step
  const line =
    isRunning && live?.stage
      ? m.training.stages[live.stage]
      : isRunning && asked
        ? m.training.asked[asked]
        : m.training.stateAt(m.training.states[state], step, steps)
  return (
    <div className="training-status" data-run-state={state} data-step={step}>
      <p>
        <span className="status-dot" data-busy={isRunning} aria-hidden="true" />
        {line}
      </p>
      {/* Read out when the state changes, not at every step. */}
      <p role="status" className="visually-hidden">
        {isRunning && live?.stage ? m.training.stages[live.stage] : m.training.states[state]}
      </p>
      <progress max={steps} value={Math.min(step, steps)} aria-label={m.training.progress} />
      <Facts room={room} run={run} live={isRunning ? live : null} />
      {isRunning ? <p className="muted">{m.training.background}</p> : null}
      <Throttled room={room} isRunning={isRunning} />
    </div>
  )
}

function Facts({ run, live }: RunProps & { live: LiveRun | null }) {
  const m = useMessages()
  const { duration, bytes, number, networkName } = useWords()
  const options = optionsOf(run)
  const speed = live && picturesPerSecond(live.stepMs, options.batch)
  const left = live && timeLeftMs(live, options)
  const saved = live?.savedStep ?? run.step
  const facts: readonly (readonly [string, string | null])[] = [
    [m.training.facts.elapsed, duration(live?.elapsedMs ?? run.elapsedMs)],
    [m.training.facts.left, left === null ? null : duration(left)],
    [m.training.facts.speed, speed === null ? null : number(speed, 2)],
    [m.training.facts.memory, live && live.tensorBytes > 0 ? bytes(live.tensorBytes) : null],
    [m.training.facts.saved, saved > 0 ? String(saved) : null],
  ]
  return (
    <>
      <dl className="training-facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt className="muted">{name}</dt>
              <dd className="number">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {live && live.fresh.length > 0 ? <p className="muted">{m.training.fresh(live.fresh.map(networkName).join(', '))}</p> : null}
    </>
  )
}

function Throttled({ room, isRunning }: { room: TrainingRoom; isRunning: boolean }) {
  const m = useMessages()
  const { number } = useWords()
  const times = useStore(room.store, ({ pace }) => throttledBy(pace))
  if (!isRunning || times === null) return null
  return (
    <p className="training-note">
      <Icon name="warning" size={16} />
      <span>{m.training.throttled(number(times, 2))}</span>
    </p>
  )
}

function Nearness({ room, run }: RunProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const nearness = nearnessOf(run.figures)
  // Of a set without any, or of one that is gone, nothing is known.
  const isHeldOut = useStore(room.store, ({ runFacts }) => runFacts === null || runFacts.heldOut > 0)
  if (!nearness) return run.step > 0 && run.figures.length === 0 ? <p className="muted">{m.training.noNearness}</p> : null
  const { percent, parent, now, step } = nearness
  const write = (value: number): string => value.toLocaleString(tag, { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  const words = percent > 0 ? m.training.nearer(percent) : percent < 0 ? m.training.farther(-percent) : m.training.asNear
  return (
    <div className="training-nearness" data-percent={percent}>
      <strong>{words}</strong>
      <span className="muted">{(isHeldOut ? m.training.nearness : m.training.nearnessOfSamples)(write(parent), write(now), step)}</span>
    </div>
  )
}
