/**
 * What a screen of the studio is: one declaration with its place in the address, its entry in the top bar, what it keeps while the page lives, its
 * component, and what it does with files. A new screen is a file like `sketches.tsx` and its place in the list of `index.ts`.
 */

import type { ComponentType } from 'react'
import type { AppServices } from '../appContext'
import type { Layout } from '../layout'
import type { Screen } from './navigation'

export type StudioScreen = Screen<AppServices>

export interface ScreenProps<S> {
  readonly state: S
  readonly layout: Layout
  /** Back to the page. */
  readonly close: () => void
}

export interface ScreenDeclaration<S> extends Omit<StudioScreen, 'open'> {
  /** Called once, when the screen is first shown. */
  readonly create: (services: AppServices) => S
  readonly Component: ComponentType<ScreenProps<S>>
  /** Files that were dropped, pasted or chosen while the screen is shown. */
  readonly onFiles: (files: readonly File[], state: S, services: AppServices) => Promise<void>
}

export function defineScreen<S>({ create, Component, onFiles, ...place }: ScreenDeclaration<S>): StudioScreen {
  return {
    ...place,
    open: (services) => {
      const state = create(services)
      return {
        render: (props) => <Component key={place.id} state={state} {...props} />,
        takeFiles: (files) => onFiles(files, state, services),
      }
    },
  }
}
