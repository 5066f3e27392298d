/** The way of a pointer that is down over a square drawing: shown while it goes on, given away when it is lifted. */

import { type PointerEvent, useRef, useState } from 'react'

type At = PointerEvent<SVGSVGElement>

/** Where a pointer is over a square of this side; beyond its edge it is on it. */
export function placeIn(event: At, side: number): [x: number, y: number] {
  const box = event.currentTarget.getBoundingClientRect()
  const along = (at: number, from: number, length: number): number => Math.min(side, Math.max(0, ((at - from) / length) * side))
  return [along(event.clientX, box.left, box.width), along(event.clientY, box.top, box.height)]
}

interface PointerWay {
  /** Flat x, y; empty while no pointer is down. */
  readonly way: readonly number[]
  readonly handlers: Readonly<Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel', (event: At) => void>>
}

/**
 * @param side of the square, in the units in which the way is given
 * @param onDown where it begins; `false` lets the pointer go
 */
export function usePointerWay(
  side: number,
  onEnd: (way: readonly number[]) => void,
  onDown?: (x: number, y: number) => boolean,
): PointerWay {
  const way = useRef<number[]>([])
  const [shown, setShown] = useState<readonly number[]>([])
  const add = (event: At): void => {
    way.current.push(...placeIn(event, side))
    setShown([...way.current])
  }
  const clear = (): void => {
    way.current = []
    setShown([])
  }
  return {
    way: shown,
    handlers: {
      onPointerDown: (event) => {
        if (!event.isPrimary || event.button !== 0 || onDown?.(...placeIn(event, side)) === false) return
        event.currentTarget.setPointerCapture(event.pointerId)
        way.current = []
        add(event)
      },
      onPointerMove: (event) => {
        if (way.current.length > 0 && event.isPrimary) add(event)
      },
      onPointerUp: (event) => {
        if (way.current.length === 0 || !event.isPrimary) return
        add(event)
        const ended = way.current
        clear()
        onEnd(ended)
      },
      onPointerCancel: clear,
    },
  }
}
