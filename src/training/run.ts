/**
 * A run of training: steps until a limit, a pause or a stop, with a checkpoint every few minutes and whenever it rests. Pause and stop act between steps. Where
 * pictures come from and where checkpoints go is for the host to say.
 */

import { StudioError } from '../shared/errors'
import { type Batch, disposeBatch } from './method'
import type { Trainer, TrainerState } from './trainer'

export interface RunLimits {
  readonly steps: number
  /** Of training, pauses not counted; `null`: as long as it takes. */
  readonly trainingMs: number | null
  readonly checkpointEveryMs: number
}

export interface RunCheckpoint {
  /** Of training, pauses not counted. */
  readonly elapsedMs: number
  readonly trainer: TrainerState
}

/** Why a run rests. A paused one goes on with `run`; so does one whose limit was raised. */
export type Rest = 'paused' | 'stopped' | 'steps' | 'time'

export type RunEvent =
  | {
      readonly kind: 'progress'
      readonly step: number
      readonly stepMs: number
      readonly elapsedMs: number
      readonly losses: Readonly<Record<string, number>>
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly elapsedMs: number }

export interface RunHost {
  /** What a step is shown; the run disposes of it. */
  readonly batchOf: (step: number) => Batch
  /** When it resolves, the checkpoint is safe. */
  readonly save: (checkpoint: RunCheckpoint) => Promise<void>
  readonly onEvent: (event: RunEvent) => void
  /** Whatever is to be done between two steps (samples, say); its time is the run's. */
  readonly afterStep?: (step: number) => Promise<void>
  /** Before a checkpoint takes the place of the last one: rejects where what was learnt is no good. */
  readonly check?: () => Promise<void>
  readonly now: () => number
}

export class TrainingRun {
  private readonly trainer: Trainer
  private readonly limits: RunLimits
  private readonly host: RunHost
  private elapsedMs: number
  private savedAtMs: number
  private asked: 'paused' | 'stopped' | null = null

  /** @param elapsedMs of the checkpoint that the run goes on from */
  constructor(trainer: Trainer, limits: RunLimits, host: RunHost, elapsedMs = 0) {
    this.trainer = trainer
    this.limits = limits
    this.host = host
    this.elapsedMs = this.savedAtMs = elapsedMs
  }

  pause(): void {
    this.asked ??= 'paused'
  }

  stop(): void {
    this.asked = 'stopped'
  }

  /** Trains until there is a reason to rest; then everything is saved. Rejects when a step fails: the last checkpoint is then the good one. */
  async run(): Promise<Rest> {
    if (this.asked === 'paused') this.asked = null
    for (;;) {
      const rest = this.rest()
      if (rest) {
        await this.save()
        return rest
      }
      await this.step()
      if (this.elapsedMs - this.savedAtMs >= this.limits.checkpointEveryMs) await this.save()
      await nextTask()
    }
  }

  private rest(): Rest | null {
    const { steps, trainingMs } = this.limits
    if (this.asked) return this.asked
    if (this.trainer.step >= steps) return 'steps'
    return trainingMs !== null && this.elapsedMs >= trainingMs ? 'time' : null
  }

  private async step(): Promise<void> {
    const began = this.host.now()
    const batch = this.host.batchOf(this.trainer.step)
    let losses: Record<string, number>
    try {
      losses = await this.trainer.train(batch)
    } finally {
      disposeBatch(batch)
    }
    const ended = this.host.now()
    const stepMs = ended - began
    this.elapsedMs += stepMs
    this.host.onEvent({ kind: 'progress', step: this.trainer.step, stepMs, elapsedMs: this.elapsedMs, losses })
    if (!this.host.afterStep) return
    await this.host.afterStep(this.trainer.step)
    this.elapsedMs += this.host.now() - ended
  }

  private async save(): Promise<void> {
    const trainer = await this.trainer.state()
    checkFinite(trainer)
    await this.host.check?.()
    await this.host.save({ elapsedMs: this.elapsedMs, trainer })
    this.savedAtMs = this.elapsedMs
    this.host.onEvent({ kind: 'checkpoint', step: trainer.step, elapsedMs: this.elapsedMs })
  }
}

/** A good checkpoint is never replaced by one that nothing can be made of. */
function checkFinite({ step, networks }: TrainerState): void {
  for (const [role, params] of Object.entries(networks)) {
    const bad = Object.keys(params).find((name) => !params[name]?.every(Number.isFinite))
    if (bad)
      throw new StudioError(
        'training-diverged',
        `The training came apart by step ${step}: "${bad}" of the ${role} has numbers that are none. Go on from the last checkpoint with a lower learning rate.`,
      )
  }
}

/** Lets messages in: on wasm, a step awaits nothing that would. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))
