/** The training's room, wired to the studio: loaded when the screen is first shown. */

import { use } from 'react'
import { createTrainingRoom, type TrainingRoom } from '../../features/training/room'
import type { TrainingPort } from '../../features/training/roomTypes'
import { TrainingScreen } from '../../features/training/TrainingScreen'
import { StudioError } from '../../shared/errors'
import { openDataSets } from '../../storage/dataSets'
import { type OwnModels, openOwnModels } from '../../storage/ownModels'
import { openTrainingRuns } from '../../storage/trainingRuns'
import type { ModelRef } from '../../workers/protocol'
import { TrainingClient } from '../../workers/trainingClient'
import type { AppServices } from '../appContext'
import { ask } from '../appUi'
import { download } from '../exportActions'
import { fileBase } from '../fileNames'
import { createModelList } from '../modelList'
import { forcedBackend } from '../startInference'
import '../styles/rooms.css'
import '../styles/augmentation.css'
import '../styles/photoView.css'
import '../styles/trainingRun.css'
import '../styles/training.css'
import '../styles/trainingForm.css'

export function Room({ opening, onClose }: { opening: Promise<TrainingRoom | null>; onClose: () => void }) {
  return <TrainingScreen room={use(opening)} onClose={onClose} />
}

/** `null` where nothing can be kept: a training lives in the database. */
export async function openRoom(services: AppServices): Promise<TrainingRoom | null> {
  const opened = await Promise.all([openTrainingRuns(), openDataSets(), openOwnModels()]).catch(() => null)
  if (!opened) return null
  const [runs, sets, ownModels] = opened
  return createTrainingRoom({ ...portOf(services, ownModels), runs, sets, ownModels })
}

const modelsUrl = (): string => new URL('models/', document.baseURI).href

function portOf(services: AppServices, ownModels: OwnModels): Omit<TrainingPort, 'runs' | 'sets' | 'ownModels'> {
  const { toasts, messages, navigation, ui, inference } = services
  return {
    ...{ toasts, messages },
    client: new TrainingClient({ modelsUrl: modelsUrl(), forceBackend: forcedBackend() }),
    models: createModelList(inference),
    sizeOf: async (ref) => sizeIn(await manifestOf(ref, ownModels)),
    trainedAnywhere,
    confirm: async ({ title, body, yes }) => {
      const choices = [
        { id: 'no', label: messages().sketches.cancel },
        { id: 'yes', label: yes },
      ]
      return (await ask(ui, { title, body, choices })) === 'yes'
    },
    openPhotos: () => navigation.go('photos'),
    openDataSets: () => navigation.go('dataSets'),
    download: (blob, name) => {
      const fileName = `${fileBase(name)}.zip`
      download(blob, fileName)
      return fileName
    },
  }
}

async function manifestOf(ref: ModelRef, ownModels: OwnModels): Promise<unknown> {
  if ('checkpoint' in ref) return JSON.parse(new TextDecoder().decode(await ownModels.file(ref.checkpoint, 'manifest.json')))
  const response = await fetch(new URL(`${ref.shipped}/manifest.json`, modelsUrl()))
  if (!response.ok) throw new StudioError('model-not-found', `The model "${ref.shipped}" is not on this server. Choose another one.`)
  return response.json()
}

/** The engine reads the manifest whole; here one number of it is needed. */
function sizeIn(manifest: unknown): number {
  const sizePx = (manifest as { task?: { sizePx?: unknown } } | null)?.task?.sizePx
  if (typeof sizePx === 'number') return sizePx
  throw new StudioError('model-broken', 'The model does not say which pictures it takes. Choose another one.')
}

const LOCK = 'training-run-'

async function trainedAnywhere(): Promise<ReadonlySet<string> | null> {
  // Missing where the page is not a secure context.
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return null
  const { held = [] } = await locks.query()
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])))
}
