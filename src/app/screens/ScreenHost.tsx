/** Shows the page, and over it the screen that was chosen. */

import { useStore } from 'zustand'
import type { Layout } from '../layout'
import type { Navigation } from './navigation'

interface ScreenHostProps<Services> {
  readonly navigation: Navigation<Services>
  readonly services: Services
  readonly layout: Layout
}

export function ScreenHost<Services>({ navigation, services, layout }: ScreenHostProps<Services>) {
  const current = useStore(navigation.store, (state) => state.current)
  const { close } = navigation
  return navigation.screens
    .filter(({ id, isGround }) => isGround || id === current)
    .map((screen) => navigation.open(screen, services).render({ layout, close }))
}
