/** Photos: a declaration alone. The room, its worker and its models are loaded when somebody comes in. */

import { lazy, Suspense } from 'react'
import type { AppServices } from '../appContext'
import { defineScreen } from './screen'

const Room = lazy(async () => ({ default: (await import('./photosRoom')).Room }))

/** The room with its state, once for as long as the page lives. */
const openRoom = async (services: AppServices) => (await import('./photosRoom')).openRoom(services)

export const photosScreen = defineScreen({
  id: 'photos',
  route: 'photos',
  entry: { icon: 'photo', label: (m) => m.photos.title },
  create: (services) => openRoom(services),
  Component: ({ state, close }) => (
    <Suspense fallback={null}>
      <Room opening={state} onClose={close} />
    </Suspense>
  ),
  onFiles: async (files, state) => (await state).takeFiles(files),
})
