/** Training: a declaration alone. The room and its worker are loaded when somebody comes in. */

import { lazy, Suspense } from 'react'
import type { AppServices } from '../appContext'
import { defineScreen } from './screen'

const Room = lazy(async () => ({ default: (await import('./trainingRoom')).Room }))

/** The room with its state, once for as long as the page lives: a run goes on while its screen is closed. */
const openRoom = async (services: AppServices) => (await import('./trainingRoom')).openRoom(services)

export const trainingScreen = defineScreen({
  id: 'training',
  route: 'training',
  entry: { icon: 'training', label: (m) => m.training.title, inMenu: true },
  create: (services) => openRoom(services),
  Component: ({ state, close }) => (
    <Suspense fallback={null}>
      <Room opening={state} onClose={close} />
    </Suspense>
  ),
  onFiles: async (files, state, { toasts, messages }) => {
    const room = await state
    const archives = files.filter(({ name, type }) => /\.zip$/i.test(name) || type === 'application/zip')
    if (archives.length < files.length) toasts.show({ kind: 'problem', title: messages().training.onlyZips })
    if (room && archives.length > 0) await room.importModels(archives)
  },
})
