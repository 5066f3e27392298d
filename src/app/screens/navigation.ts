/** Which screen is shown, in step with the address (`#sketches`) and with the browser's way back. */

import type { ReactNode } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { IconName } from '../../features/ui/Icon'
import type { Messages } from '../../features/ui/i18n/messages'
import type { Layout } from '../layout'

/** A screen with its state, whatever its type. */
export interface OpenScreen {
  render(props: { readonly layout: Layout; readonly close: () => void }): ReactNode
  takeFiles(files: readonly File[]): Promise<void>
}

export interface Screen<Services> {
  readonly id: string
  /** Behind `#` in the address; empty for the ground. */
  readonly route: string
  /** A button in the top bar, or (`inMenu`) a line in its menu of what has to do with training; missing: reached from elsewhere. */
  readonly entry?: { readonly icon: IconName; readonly label: (m: Messages) => string; readonly inMenu?: true }
  /** Stays mounted under every other screen: the page. */
  readonly isGround?: boolean
  /** Folders that are dropped come as all the files in them. */
  readonly takesFolders?: true
  open(services: Services): OpenScreen
}

export interface Navigation<Services> {
  readonly screens: readonly Screen<Services>[]
  readonly store: StoreApi<{ readonly current: string }>
  readonly go: (id: string) => void
  readonly isOnGround: () => boolean
  /** Back to the page. */
  readonly close: () => void
  /** A screen with its state, made when it is first shown. */
  readonly open: (screen: Screen<Services>, services: Services) => OpenScreen
  /** Files go to the screen that the person looks at. */
  readonly takeFiles: (files: readonly File[], services: Services) => Promise<void>
  readonly takesFolders: () => boolean
}

/** The address as far as it is needed. */
export interface Address {
  read(): string
  write(route: string): void
  onChange(listener: () => void): void
}

export const browserAddress: Address = {
  read: () => location.hash.slice(1),
  write: (route) => history.pushState(null, '', route === '' ? `${location.pathname}${location.search}` : `#${route}`),
  onChange: (listener) => window.addEventListener('popstate', listener),
}

/** @throws Error for two screens with one id or route, or for none or two grounds: a mistake in the list, found at the first start */
export function createNavigation<Services>(screens: readonly Screen<Services>[], address: Address = browserAddress): Navigation<Services> {
  const ground = groundOf(screens)
  const opened = new Map<string, OpenScreen>()
  const byRoute = (): string => screens.find(({ route }) => route === address.read())?.id ?? ground.id
  const store = createStore<{ current: string }>(() => ({ current: byRoute() }))
  address.onChange(() => store.setState({ current: byRoute() }))
  const go = (id: string): void => {
    const screen = screens.find((candidate) => candidate.id === id)
    if (!screen || store.getState().current === id) return
    store.setState({ current: id })
    address.write(screen.route)
  }
  const open = (screen: Screen<Services>, services: Services): OpenScreen => {
    const known = opened.get(screen.id) ?? screen.open(services)
    opened.set(screen.id, known)
    return known
  }
  const shown = (): Screen<Services> => screens.find(({ id }) => id === store.getState().current) ?? ground
  return {
    screens,
    store,
    go,
    isOnGround: () => store.getState().current === ground.id,
    close: () => go(ground.id),
    open,
    takesFolders: () => shown().takesFolders ?? false,
    takeFiles: (files, services) => open(shown(), services).takeFiles(files),
  }
}

function groundOf<Services>(screens: readonly Screen<Services>[]): Screen<Services> {
  const [ground, ...others] = screens.filter(({ isGround }) => isGround)
  if (!ground || others.length > 0) throw new Error('Exactly one screen is the ground.')
  for (const key of ['id', 'route'] as const) {
    if (new Set(screens.map((screen) => screen[key])).size < screens.length) throw new Error(`Two screens have the same ${key}.`)
  }
  return ground
}
