/** The lab: a declaration alone. Its room, its worker and its drawings are loaded when somebody comes in. */

import { lazy, Suspense } from 'react'
import type { AppServices } from '../appContext'
import { defineScreen } from './screen'

const Room = lazy(async () => ({ default: (await import('./labRoom')).Room }))

/** The room with its state, once for as long as the page lives. */
const openRoom = async (services: AppServices) => (await import('./labRoom')).openRoom(services)

export const labScreen = defineScreen({
  id: 'lab',
  route: 'lab',
  entry: { icon: 'lab', label: (m) => m.lab.title },
  create: (services) => openRoom(services),
  Component: ({ state, close }) => (
    <Suspense fallback={null}>
      <Room opening={state} onClose={close} />
    </Suspense>
  ),
  onFiles: (files, _state, { imports }) => imports.importFiles(files),
})
