/** Connects the surface's element with the editor: pointers, the keyboard's pen, the space bar, and what is announced. */

import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { type Announcements, createAnnouncements } from './announcements'
import { KeyboardPen, type KeyboardPenEvent } from './keyboardPen'
import { listenToPointers } from './pointerGestures'
import type { SurfacePainter } from './surfacePainter'
import { revealPoint } from './view'

/** Positions are announced after the crosshair has rested this long. */
const ANNOUNCE_POSITION_MS = 400

export function useSurfaceInput(element: RefObject<HTMLDivElement | null>, painter: SurfacePainter | null, sizePx: number): Announcements {
  const { editor } = useStudio()
  const m = useMessages()
  const announcements = useMemo(createAnnouncements, [])
  const messages = useRef(m)
  messages.current = m
  const size = useRef(sizePx)
  size.current = sizePx

  useEffect(() => {
    const target = element.current
    if (!target || !painter) return
    let positionTimer: ReturnType<typeof setTimeout> | undefined
    const onPen = (event: KeyboardPenEvent): void => {
      clearTimeout(positionTimer)
      painter.schedule()
      const { page, parts } = messages.current
      switch (event.kind) {
        case 'moved': {
          const { view } = editor.sessionStore.getState()
          editor.setSettings({ view: revealPoint(view, event.x, event.y, size.current) })
          positionTimer = setTimeout(() => announcements.say(page.penAt(event.x, event.y)), ANNOUNCE_POSITION_MS)
          return
        }
        case 'down':
          announcements.say(page.penDown)
          return
        case 'up': {
          const { lastEditedParts } = editor.documentStore.getState()
          const part = lastEditedParts[0]
          announcements.say(editor.sessionStore.getState().tool === 'eraser' || !part ? page.erased : page.penUp(parts[part]))
          return
        }
        case 'cancelled':
          announcements.say(page.cancelled)
      }
    }
    const pen = new KeyboardPen(editor, onPen)
    painter.keyboardPen = () => pen.state
    const space = { held: false, used: false }
    const stopPointers = listenToPointers({
      element: target,
      editor,
      surfacePx: () => size.current,
      isSpaceHeld: () => space.held,
      onPointer: () => {
        space.used = true
        pen.retire()
        painter.schedule()
      },
      onPanning: (panning) => {
        target.dataset.panning = panning ? 'yes' : 'no'
      },
    })
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === ' ') {
        event.preventDefault()
        if (!event.repeat) Object.assign(space, { held: true, used: false })
        target.dataset.space = 'held'
        return
      }
      if (isNudge(event, pen, editor.sessionStore.getState())) return
      if (event.repeat && event.key === 'Enter') return
      if (!pen.press(event)) return
      event.preventDefault()
      event.stopPropagation()
    }
    const onKeyUp = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || !space.held) return
      space.held = false
      delete target.dataset.space
      if (!space.used && document.activeElement === target) pen.press(event)
    }
    const onBlur = (): void => {
      space.held = false
      delete target.dataset.space
      pen.retire()
      painter.schedule()
    }
    target.addEventListener('keydown', onKeyDown)
    target.addEventListener('keyup', onKeyUp)
    target.addEventListener('blur', onBlur)
    return () => {
      clearTimeout(positionTimer)
      stopPointers()
      target.removeEventListener('keydown', onKeyDown)
      target.removeEventListener('keyup', onKeyUp)
      target.removeEventListener('blur', onBlur)
    }
  }, [element, painter, editor, announcements])

  return announcements
}

/** Arrow keys move what is selected instead of the crosshair; the studio's shortcuts do that. */
function isNudge(event: KeyboardEvent, pen: KeyboardPen, session: { tool: string; selection: readonly string[] }): boolean {
  return event.key.startsWith('Arrow') && session.tool === 'select' && session.selection.length > 0 && !pen.state?.down
}
