/** Random draws of a few pictures, painted one after another, so that the page stays free while a slider moves. */

import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { Augmentation } from '../../../shared/augment'
import { useMessages } from '../i18n/I18n'
import { type AugmentationExample, type DecodedExample, decodeExample, drawnExample, type SideKinds } from './preview'

const TILES = 12
const MOST_EXAMPLES = 12

interface GridProps {
  readonly settings: Augmentation
  readonly pictures: readonly AugmentationExample[]
  readonly kinds: SideKinds
  readonly sizePx: number
  readonly cropPx: number
  readonly seed: number
}

export function AugmentationGrid({ pictures, sizePx, ...rest }: GridProps) {
  const examples = useDecoded(pictures, sizePx)
  if (examples.length === 0) return <div className="augmentation-grid" aria-busy="true" />
  return <Tiles examples={examples} sizePx={sizePx} {...rest} />
}

function Tiles({
  examples,
  settings: wanted,
  kinds,
  sizePx,
  cropPx,
  seed,
}: Omit<GridProps, 'pictures'> & { examples: readonly DecodedExample[] }) {
  const m = useMessages()
  const list = useRef<HTMLUListElement>(null)
  // A slider that is moved fast paints the last of its places.
  const settings = useDeferredValue(wanted)
  useEffect(() => {
    let isCurrent = true
    const canvases = [...(list.current?.querySelectorAll('canvas') ?? [])]
    const paintNext = async (): Promise<void> => {
      for (let place = 0; place < TILES; place++) {
        const example = examples[place % examples.length]
        if (!example) return
        const drawn = drawnExample(example, settings, kinds, { sizePx, cropPx }, [seed, place])
        for (const canvas of canvases)
          if (canvas.dataset.place === String(place)) paint(canvas, drawn[canvas.dataset.side as 'a' | 'b'], cropPx)
        await new Promise((done) => setTimeout(done))
        if (!isCurrent) return
      }
      if (list.current) list.current.dataset.painted = `${seed} ${JSON.stringify(settings)}`
    }
    void paintNext()
    return () => {
      isCurrent = false
    }
  }, [examples, settings, kinds, sizePx, cropPx, seed])
  return (
    <ul ref={list} className="augmentation-grid" aria-label={m.augmentation.preview}>
      {Array.from({ length: TILES }, (_, place) => {
        const example = examples[place % examples.length]
        const sides = (['a', 'b'] as const).filter((side) => example?.[side])
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
          <li key={place} data-sides={sides.length}>
            {sides.map((side) => (
              <canvas
                key={side}
                role="img"
                aria-label={m.augmentation.tile(place + 1, m.augmentation.side[side])}
                data-place={place}
                data-side={side}
              />
            ))}
          </li>
        )
      })}
    </ul>
  )
}

function paint(canvas: HTMLCanvasElement, pixels: Uint8ClampedArray<ArrayBuffer> | null, sizePx: number): void {
  if (!pixels) return
  canvas.width = sizePx
  canvas.height = sizePx
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0)
}

/** Those that can be decoded, at the size of a training's pictures. */
function useDecoded(pictures: readonly AugmentationExample[], sizePx: number): readonly DecodedExample[] {
  const [decoded, setDecoded] = useState<readonly DecodedExample[]>([])
  useEffect(() => {
    let isCurrent = true
    const decode = async (): Promise<void> => {
      const tried = await Promise.allSettled(pictures.slice(0, MOST_EXAMPLES).map((example) => decodeExample(example, sizePx)))
      if (isCurrent) setDecoded(tried.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])))
    }
    void decode()
    return () => {
      isCurrent = false
    }
  }, [pictures, sizePx])
  return decoded
}
