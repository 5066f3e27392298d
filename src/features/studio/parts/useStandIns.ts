/** Which lines of the mean face stand in for the drawing as it is, and which parts a person has left out. */

import { useMemo } from 'react'
import { useStore } from 'zustand'
import { placedStrokes } from '../../../editor/placedPage'
import type { Contour } from '../../../faces/meanFace'
import { MEAN_FACE_PARTS, type MeanFacePart } from '../../../faces/parts'
import { standIns } from '../../../faces/standIns'
import { useStudio } from '../studioContext'

const NONE: readonly MeanFacePart[] = []

export interface StandInState {
  /** In the mean face's place, as the generator sees them. */
  readonly contours: readonly Contour[]
  /** Parts with at least one line that stands in, or would if it were not left out. */
  readonly parts: readonly { readonly part: MeanFacePart; readonly isLeftOut: boolean }[]
  readonly leftOut: readonly MeanFacePart[]
}

export function useStandIns(): StandInState {
  const { editor, preferences, faceLoop } = useStudio()
  const placement = useStore(faceLoop.store, (state) => state.placement)
  const isOn = useStore(preferences, (state) => state.standIns)
  const strokes = useStore(editor.documentStore, (state) => state.document.strokes)
  const leftOut = useStore(editor.documentStore, (state) => state.document.leftOut ?? NONE)
  return useMemo(() => {
    const all = isOn ? standIns(placedStrokes(strokes, placement)) : []
    const parts = MEAN_FACE_PARTS.filter((part) => all.some((contour) => contour.part === part))
    return {
      contours: all.filter(({ part }) => !leftOut.includes(part)),
      parts: parts.map((part) => ({ part, isLeftOut: leftOut.includes(part) })),
      leftOut,
    }
  }, [isOn, strokes, leftOut, placement])
}
