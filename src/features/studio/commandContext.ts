/** The studio's parts as commands see them. */

import { SKETCH_SIZE_PX } from '../../shared/units'
import type { CommandContext } from './commandTypes'
import type { FaceLoop } from './face/faceTypes'
import type { StudioUiStore } from './uiStore'

type Parts = Pick<CommandContext, 'editor' | 'preferences'> & { readonly faceLoop: FaceLoop; readonly ui: StudioUiStore }

export function createCommandContext({ editor, preferences, faceLoop, ui }: Parts): CommandContext {
  const locality = () => faceLoop.store.getState().locality
  return {
    editor,
    preferences,
    surfacePx: () => ui.getState().surfacePx || SKETCH_SIZE_PX,
    toggleHold: () => faceLoop.setLocality(locality() === 'plain' ? 'hold' : 'plain'),
    // Letting go of the lock leaves the rest held, as it was while locked.
    toggleLock: () => faceLoop.setLocality(locality() === 'lock' ? 'hold' : 'lock'),
    toggleHeat: () => ui.setState((state) => ({ heat: !state.heat })),
    toggleCompare: () => {
      if (faceLoop.store.getState().hasPrevious) ui.setState((state) => ({ comparing: !state.comparing, divide: 0.5 }))
    },
    turnPage: (byDegrees) =>
      ui.setState(({ turnDegrees }) => ({ turnDegrees: byDegrees === null ? 0 : (turnDegrees + byDegrees + 360) % 360 })),
    toggleEnlarged: () => {
      if (faceLoop.store.getState().shown) ui.setState((state) => ({ enlarged: !state.enlarged }))
    },
  }
}
