/** What is open or switched on in the studio's panels; forgotten when the page closes. */

import { createStore, type StoreApi } from 'zustand/vanilla'

export type Sheet = 'options' | 'look' | 'details'

/** What the place of the look holds. */
export type SidePanel = 'look' | 'wholeFace'

export interface StudioUi {
  readonly heat: boolean
  /** Whether the previous face lies over the left part of the new one, and how much of the width it takes (0–1). */
  readonly comparing: boolean
  readonly divide: number
  readonly enlarged: boolean
  readonly sheet: Sheet | null
  readonly panel: SidePanel
  /** How far the page is turned on the screen, clockwise, 0–360; what is drawn is not. */
  readonly turnDegrees: number
  /** Side of the drawing surface in CSS pixels; 0 before it is shown. */
  readonly surfacePx: number
}

export type StudioUiStore = StoreApi<StudioUi>

export function createStudioUi(): StudioUiStore {
  return createStore<StudioUi>(() => ({
    heat: false,
    comparing: false,
    divide: 0.5,
    enlarged: false,
    sheet: null,
    panel: 'look',
    surfacePx: 0,
    turnDegrees: 0,
  }))
}
