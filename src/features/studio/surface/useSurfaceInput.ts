/** Connects the surface's element with the editor: pointers, keys, and what is announced. */

import { type RefObject, useEffect, useRef } from 'react'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { listenToPointers } from './pointerGestures'
import { SurfaceKeys } from './surfaceKeys'
import type { SurfacePainter } from './surfacePainter'

export function useSurfaceInput(element: RefObject<HTMLDivElement | null>, painter: SurfacePainter | null, sizePx: number): void {
  const { editor, announcements, ui } = useStudio()
  const m = useMessages()
  const messages = useRef(m)
  messages.current = m
  const size = useRef(sizePx)
  size.current = sizePx

  useEffect(() => {
    const target = element.current
    if (!target || !painter) return
    const surfacePx = (): number => size.current
    const keys = new SurfaceKeys({ element: target, editor, painter, announcements, messages: () => messages.current, surfacePx })
    const stopPointers = listenToPointers({
      element: target,
      editor,
      surfacePx,
      turnDegrees: () => ui.getState().turnDegrees,
      isSpaceHeld: () => keys.isSpaceHeld,
      onPointer: () => keys.onPointer(),
      onPanning: (panning) => {
        target.dataset.panning = panning ? 'yes' : 'no'
      },
      onFirstPen: () => {
        if (editor.sessionStore.getState().penOnly) return
        editor.setSettings({ penOnly: true })
        announcements.say(messages.current.page.penOnlyNow)
      },
    })
    return () => {
      stopPointers()
      keys.dispose()
    }
  }, [element, painter, editor, announcements, ui])
}
