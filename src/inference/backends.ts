/**
 * Which TensorFlow.js back end to trust: hardware WebGPU, hardware WebGL, wasm, cpu, in this order. A candidate must set itself up, must not be a software
 * imitation of a GPU (unless a person forces it), and must give the golden face within a tolerance; that pass is its warm-up.
 */

import { BACKEND_TRAITS, BACKENDS, type Backend } from '../shared/backends'
import { StudioError, toErrorReport } from '../shared/errors'
import type { BackendTrial } from '../workers/protocol'
import type { LoadedModel } from './loadModel'

export type SetupResult =
  | { outcome: 'ready'; detail: string; onLost: (listener: (reason: string) => void) => void }
  | { outcome: 'unavailable' | 'software'; detail: string }

/** Makes a back end TensorFlow.js's current one, or says why not. */
export type SetUp = (acceptSoftware: boolean) => Promise<SetupResult>
/** The back ends that a platform has. */
export type BackendSetups = Partial<Record<Backend, SetUp>>

export interface ChooseOptions {
  force: Backend | null
  exclude: readonly Backend[]
  onTrial?: (backend: Backend) => void
  onLost?: (backend: Backend, reason: string) => void
}

/** A model on the current back end, whatever its task. */
export interface Session {
  readonly model: LoadedModel
  readonly backend: Backend
  /** Largest absolute difference to the golden outputs, in the network's units. */
  goldenDifference(): Promise<number>
  dispose(): void
}

/** Puts a model's parameters on the current back end. */
export type OpenSession<S extends Session> = (model: LoadedModel, backend: Backend) => S

export interface ChosenBackend<S extends Session> {
  session: S
  trials: readonly BackendTrial[]
}

type Attempt<S extends Session> = { session: S; detail: string } | { outcome: Exclude<BackendTrial['outcome'], 'chosen'>; detail: string }

/** @param loading meanwhile a first candidate without a driver sets itself up; rejects as the loading does */
export async function chooseBackend<S extends Session>(
  setups: BackendSetups,
  loading: LoadedModel | Promise<LoadedModel>,
  options: ChooseOptions,
  open: OpenSession<S>,
): Promise<ChosenBackend<S>> {
  const trials: BackendTrial[] = []
  const candidates = BACKENDS.filter(
    (backend) => (options.force === null || backend === options.force) && !options.exclude.includes(backend),
  )
  for (const backend of candidates) {
    const setUp = () => resultOf(setups[backend], options.force === backend)
    const early = BACKEND_TRAITS[backend].hasDriver ? null : setUp()
    const model = await loading
    options.onTrial?.(backend)
    const started = performance.now()
    const attempt = await tryBackend(await (early ?? setUp()), backend, model, options, open)
    const elapsedMs = performance.now() - started
    if ('session' in attempt) {
      trials.push({ backend, outcome: 'chosen', detail: attempt.detail, elapsedMs })
      return { session: attempt.session, trials }
    }
    trials.push({ backend, ...attempt, elapsedMs })
  }
  await loading
  throw new StudioError('no-backend', describeFailure(trials, options))
}

/** One more model on the back end in use. Rejects when that does not give the model's golden face. */
export async function addModel<S extends Session>(model: LoadedModel, backend: Backend, open: OpenSession<S>): Promise<S> {
  const session = open(model, backend)
  try {
    const difference = await session.goldenDifference()
    if (difference <= BACKEND_TRAITS[backend].selfTestTolerance) return session
    throw new StudioError(
      'self-test-failed',
      `The model "${model.manifest.id}" ${wrongBy(difference, backend)} on the ${backend} back end.`,
    )
  } catch (error) {
    session.dispose()
    throw error
  }
}

function wrongBy(difference: number, backend: Backend): string {
  return `differs from the golden face by ${difference.toPrecision(2)} (trusted up to ${BACKEND_TRAITS[backend].selfTestTolerance})`
}

function describeFailure(trials: readonly BackendTrial[], { force, exclude }: ChooseOptions): string {
  const tried = trials.map(({ backend, detail }) => `${backend}: ${detail}`).join('; ')
  const lost = exclude.length > 0 ? ` Lost before: ${exclude.join(', ')}.` : ''
  const way = force
    ? `Open the studio without "?backend=${force}" to let it choose.`
    : 'Reload the page; if that does not help, use a current browser with WebAssembly. The drawing is kept.'
  return `No back end can run the model (${tried || 'none is left'}).${lost} ${way}`
}

type Setting = SetupResult | { outcome: 'failed'; detail: string }

/** Never rejects. */
async function resultOf(setUp: SetUp | undefined, acceptSoftware: boolean): Promise<Setting> {
  if (!setUp) return { outcome: 'unavailable', detail: 'not part of this platform' }
  try {
    return await setUp(acceptSoftware)
  } catch (error) {
    return { outcome: 'failed', detail: toErrorReport(error).message }
  }
}

async function tryBackend<S extends Session>(
  ready: Setting,
  backend: Backend,
  model: LoadedModel,
  options: ChooseOptions,
  open: OpenSession<S>,
): Promise<Attempt<S>> {
  if (ready.outcome !== 'ready') return ready
  let session: S | null = null
  try {
    session = open(model, backend)
    const difference = await session.goldenDifference()
    if (difference > BACKEND_TRAITS[backend].selfTestTolerance) {
      session.dispose()
      return { outcome: 'wrong-output', detail: `${ready.detail}: ${wrongBy(difference, backend)}` }
    }
    ready.onLost((reason) => options.onLost?.(backend, reason))
    return { session, detail: `${ready.detail}, within ${difference.toPrecision(2)} of the golden face` }
  } catch (error) {
    session?.dispose()
    return { outcome: 'failed', detail: toErrorReport(error).message }
  }
}
