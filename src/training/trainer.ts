/**
 * A method's networks in training: passes, gradients, optimisers, moving averages, and all of it as plain numbers that a run goes on from exactly. Twin:
 * `pipeline/training/trainer.py`. Whoever makes a trainer disposes of it; gradients must be registered (`registerTraining`).
 *
 * Random numbers of a step are a function of seed and step, so the step's number is all the random state there is.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensors } from '../models/network'
import { StudioError } from '../shared/errors'
import { mulberry32, seedOf } from '../shared/rng'
import { Adam } from './adam'
import { Memory, type PlainMemory } from './memory'
import type { Batch, Method } from './method'
import { NetworkState, type PlainParams, plainOf } from './networkState'
import { rateFactor, type Schedule } from './schedule'

export interface TrainerSettings extends Schedule {
  readonly seed: number
  /** Which parameters train, by the beginnings of `role.name` (`generator.up`, `surfaceDiscriminator`); `null`: all. */
  readonly trains: readonly string[] | null
  /** Of the moving averages, at its full height. */
  readonly averageDecay: number
}

/** Everything of a run but its data, as plain numbers. */
export interface TrainerState {
  /** Steps taken. */
  readonly step: number
  readonly networks: Readonly<Record<string, PlainParams>>
  readonly averages: Readonly<Record<string, PlainParams>>
  /** By optimiser: of each parameter (`role.name`) its steps, and the running means of its gradients and of their squares. */
  readonly optimizers: Readonly<
    Record<string, { readonly counts: Readonly<Record<string, number>>; readonly means: PlainParams; readonly squares: PlainParams }>
  >
  readonly memory: PlainMemory
}

/** What a run begins with: weights of networks by role; a network that is not there begins from nothing. */
export type Start = Readonly<Record<string, PlainParams>>

/** In this order; a tape's forward pass lies within what gives the gradients. */
export type StepPart = 'forward' | 'gradients' | 'update'

export interface Observer {
  /** Before a group's parameters move, by `role.name`; not to be kept. */
  readonly onGradients?: (group: string, gradients: ReadonlyMap<string, Tensor>) => void
  /** A part of a step is over. */
  readonly onPart?: (group: string, part: StepPart) => void
}

interface Differentiated {
  readonly losses: Record<string, number>
  readonly gradients: Map<string, Tensor>
}

export class Trainer {
  readonly method: Method
  private readonly settings: TrainerSettings
  private readonly observer: Observer
  private readonly networks = new Map<string, NetworkState>()
  /** Of roles, by parameter. */
  private readonly averages = new Map<string, Map<string, Tensor>>()
  private readonly optimizers = new Map<string, Adam>()
  private readonly memory = new Memory()
  private taken = 0

  constructor(method: Method, settings: TrainerSettings, start: Start = {}, observer: Observer = {}) {
    this.method = method
    this.settings = settings
    this.observer = observer
    const random = mulberry32(settings.seed)
    for (const [role, network] of Object.entries(method.networks)) {
      const state = new NetworkState(network, role, start[role] ?? null, random)
      this.networks.set(role, state)
      if (method.averages.includes(role))
        this.averages.set(role, new Map([...state.params].map(([name, value]) => [name, tf.clone(value)])))
    }
    for (const group of Object.keys(method.groups)) this.optimizers.set(group, new Adam(method.betas[group] ?? [0.5, 0.999]))
  }

  /** Goes on where `state` was read. */
  static resume(method: Method, settings: TrainerSettings, state: TrainerState, observer: Observer = {}): Trainer {
    const trainer = new Trainer(method, settings, state.networks, observer)
    trainer.recall(state)
    return trainer
  }

  get step(): number {
    return this.taken
  }

  /** As if so many steps had been taken: to measure those of another part of a run. */
  skipTo(step: number): void {
    this.taken = step
  }

  /** One step of each group that has losses → all losses by name. Rejects with `training-diverged`, and then no parameter of the group has moved. */
  async train(batch: Batch, randomOf: (group: string) => () => number = () => this.randomOfStep()): Promise<Record<string, number>> {
    const found: Record<string, number> = {}
    for (const [group, roles] of Object.entries(this.method.groups)) {
      const trained = this.trainedOf(this.method.rolesAt?.(group, this.taken) ?? roles)
      if (trained.size === 0 || !this.method.moves(group, this.taken)) continue
      const answer = await this.differentiate(group, trained, batch, randomOf(group))
      this.memory.settle()
      this.observer.onPart?.(group, 'gradients')
      this.observer.onGradients?.(group, answer.gradients)
      this.move(group, answer.gradients)
      this.observer.onPart?.(group, 'update')
      Object.assign(found, answer.losses)
    }
    this.follow()
    this.taken++
    return found
  }

  /** A pass as the result will be used: by the average where one is kept, and nothing is remembered of it. */
  answer(role: string, inputs: Tensors): Tensors {
    const average = this.averages.get(role)
    return this.networkOf(role).answer(inputs, average ? Object.fromEntries(average) : {})
  }

  async state(): Promise<TrainerState> {
    const plain = async <T>(entries: Iterable<[string, T]>, of: (value: T) => Promise<unknown>) =>
      Object.fromEntries(await Promise.all([...entries].map(async ([key, value]) => [key, await of(value)] as const)))
    const moments = (adam: Adam, part: 'mean' | 'square') => plainOf(new Map([...adam.moments].map(([name, of]) => [name, of[part]])))
    return {
      step: this.taken,
      networks: (await plain(this.networks, (network) => network.plain())) as TrainerState['networks'],
      averages: (await plain(this.averages, plainOf)) as TrainerState['averages'],
      optimizers: (await plain(this.optimizers, async (adam) => ({
        counts: Object.fromEntries([...adam.moments].map(([name, { count }]) => [name, count])),
        means: await moments(adam, 'mean'),
        squares: await moments(adam, 'square'),
      }))) as TrainerState['optimizers'],
      memory: await this.memory.plain(),
    }
  }

  dispose(): void {
    for (const network of this.networks.values()) network.dispose()
    for (const average of this.averages.values()) tf.dispose([...average.values()])
    for (const adam of this.optimizers.values()) adam.dispose()
    this.memory.dispose()
  }

  /** The same for every group of a step. */
  private randomOfStep(): () => number {
    return mulberry32(seedOf(this.settings.seed, this.taken, 0))
  }

  private trainedOf(roles: readonly string[]): Map<string, Tensor> {
    const { trains } = this.settings
    const entries = roles.flatMap((role) => {
      const { specs, params } = this.networkOf(role)
      return specs.filter(({ isBuffer }) => !isBuffer).map(({ name }) => [`${role}.${name}`, params.get(name) as Tensor] as const)
    })
    return new Map(trains ? entries.filter(([name]) => trains.some((start) => name === start || name.startsWith(`${start}.`))) : entries)
  }

  private networkOf(role: string): NetworkState {
    const network = this.networks.get(role)
    if (!network) throw new StudioError('internal', `${this.method.id} has no network "${role}".`)
    return network
  }

  private async differentiate(
    group: string,
    trained: ReadonlyMap<string, Tensor>,
    batch: Batch,
    random: () => number,
  ): Promise<Differentiated> {
    const names = [...trained.keys()]
    const retired: Tensor[] = []
    let terms: Readonly<Record<string, Scalar>> = {}
    const total = (...values: Tensor[]): Scalar => {
      const taped = new Map(names.map((name, i) => [name, values[i] as Tensor]))
      const pass = (remembers: boolean) => (role: string, inputs: Tensors) =>
        this.networkOf(role).run(inputs, ofRole(taped, role), this.taken, retired, remembers)
      const [run, glance] = [pass(true), pass(false)]
      terms = this.method.losses(group, batch, { step: this.taken, random, run, glance, memory: this.memory })
      for (const term of Object.values(terms)) tf.keep(term)
      this.observer.onPart?.(group, 'forward')
      return tf.addN(Object.values(terms)) as Scalar
    }
    const { value, grads } = tf.valueAndGrads(total)([...trained.values()])
    const gradients = new Map(names.map((name, i) => [name, grads[i] as Tensor]))
    const read = tf.tidy(() => tf.stack([...Object.values(terms), sumOfSquares(grads)]))
    const numbers = [...(await read.data())]
    const losses = Object.fromEntries(Object.keys(terms).map((name, i) => [name, numbers[i] as number]))
    tf.dispose([read, value, ...Object.values(terms), ...retired])
    if (numbers.every(Number.isFinite)) return { losses, gradients }
    tf.dispose(grads)
    throw diverged(this.taken, losses)
  }

  private move(group: string, gradients: ReadonlyMap<string, Tensor>): void {
    const adam = this.optimizers.get(group) as Adam
    const rate = (this.method.rates[group] ?? 0) * rateFactor(this.settings, this.taken)
    const params = this.trainedOf(this.method.groups[group] ?? [])
    for (const [name, value] of adam.step(params, gradients, rate)) {
      const [role, own] = parted(name)
      this.networkOf(role).replace(own, value)
    }
    tf.dispose([...gradients.values()])
  }

  /** Averages are warm at first, so that they do not remember a random start; what norms remember is an average already. */
  private follow(): void {
    const decay = Math.min(this.settings.averageDecay, (1 + this.taken) / (10 + this.taken))
    for (const [role, average] of this.averages) {
      const { specs, params } = this.networkOf(role)
      for (const { name, isBuffer } of specs) {
        const [before, now] = [average.get(name) as Tensor, params.get(name) as Tensor]
        average.set(name, isBuffer ? tf.clone(now) : tf.tidy(() => tf.add(tf.mul(before, decay), tf.mul(now, 1 - decay))))
        before.dispose()
      }
    }
  }

  private recall({ step, averages, optimizers, memory }: TrainerState): void {
    this.taken = step
    this.memory.recall(memory)
    for (const [role, average] of this.averages) {
      for (const [name, before] of [...average]) {
        average.set(name, tf.tensor(stored(averages[role], name), before.shape))
        before.dispose()
      }
    }
    for (const [group, adam] of this.optimizers) {
      const remembered = optimizers[group]
      const shapes = this.shapesOf(group)
      for (const name of Object.keys(remembered?.means ?? {})) {
        const shape = shapes.get(name)
        if (!shape) throw broken(name)
        const [mean, square] = [remembered?.means, remembered?.squares].map((of) => tf.tensor(stored(of, name), [...shape]))
        adam.moments.set(name, { mean: mean as Tensor, square: square as Tensor, count: remembered?.counts[name] ?? 0 })
      }
    }
  }

  private shapesOf(group: string): Map<string, readonly number[]> {
    const roles = this.method.groups[group] ?? []
    return new Map(roles.flatMap((role) => this.networkOf(role).specs.map(({ name, shape }) => [`${role}.${name}`, shape] as const)))
  }
}

function stored(params: PlainParams | undefined, name: string): Float32Array {
  const values = params?.[name]
  if (!values) throw broken(name)
  return values
}

const broken = (name: string) =>
  new StudioError('model-broken', `This checkpoint is damaged ("${name}" is missing). Go on from an earlier one.`)

/** `role.name`, and a role has no dot. */
function parted(name: string): [role: string, own: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

function ofRole(taped: ReadonlyMap<string, Tensor>, role: string): Tensors {
  return Object.fromEntries([...taped].flatMap(([name, value]) => (parted(name)[0] === role ? [[parted(name)[1], value]] : [])))
}

function sumOfSquares(tensors: readonly Tensor[]): Scalar {
  return tf.addN(tensors.map((tensor) => tf.sum(tf.square(tensor)))) as Scalar
}

function diverged(step: number, losses: Readonly<Record<string, number>>): StudioError {
  const bad = Object.keys(losses).find((name) => !Number.isFinite(losses[name]))
  const what = bad ? `the loss "${bad}"` : 'a gradient'
  return new StudioError(
    'training-diverged',
    `The training came apart in step ${step + 1}: ${what} is no number any more. Go on from the last checkpoint with a lower learning rate.`,
  )
}
