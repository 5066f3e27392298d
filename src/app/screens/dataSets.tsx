/** Data sets: a declaration alone. The room and its worker are loaded when somebody comes in. */

import { lazy, Suspense } from 'react'
import type { AppServices } from '../appContext'
import { defineScreen } from './screen'

const Room = lazy(async () => ({ default: (await import('./dataSetsRoom')).Room }))

/** The room with its state, once for as long as the page lives. */
const openRoom = async (services: AppServices) => (await import('./dataSetsRoom')).openRoom(services)

export const dataSetsScreen = defineScreen({
  id: 'dataSets',
  route: 'datasets',
  entry: { icon: 'dataSets', label: (m) => m.dataSets.title, inMenu: true },
  takesFolders: true,
  create: (services) => openRoom(services),
  Component: ({ state, close }) => (
    <Suspense fallback={null}>
      <Room opening={state} onClose={close} />
    </Suspense>
  ),
  onFiles: async (files, state) => (await state).takeFiles(files),
})
