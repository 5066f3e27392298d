/** The picture, the lines found on it, and what a person does there: brushing out, or moving the corners of the crop. */

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import type { Crop, Dab, RgbaImage, TraceSettings } from '../../storage/exchange/types'
import { useMessages } from '../ui/i18n/I18n'

export type StageTool = 'brush' | 'crop'

interface PictureStageProps {
  readonly image: RgbaImage
  readonly settings: TraceSettings
  readonly overlay: readonly (readonly number[])[]
  readonly tool: StageTool
  /** As a share of the longer side. */
  readonly brushRadius: number
  readonly onDabs: (dabs: readonly Dab[]) => void
  readonly onCrop: (crop: Crop) => void
}

const WHOLE: Crop = { left: 0, top: 0, right: 1, bottom: 1 }
/** The least crop, as a share of a side. */
const LEAST_CROP = 0.08
const KEY_STEP = 0.01

export function PictureStage({ image, settings, overlay, tool, brushRadius, onDabs, onCrop }: PictureStageProps) {
  const m = useMessages()
  const isSideways = settings.quarterTurns % 2 === 1
  const [width, height] = isSideways ? [image.height, image.width] : [image.width, image.height]
  const stage = useRef<HTMLDivElement>(null)
  const last = useRef<Dab | null>(null)

  const placeOf = (event: PointerEvent): { x: number; y: number } => {
    const box = stage.current?.getBoundingClientRect()
    return box ? { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height } : { x: 0, y: 0 }
  }
  const dab = (event: PointerEvent): void => {
    const { x, y } = placeOf(event)
    const next = { x, y, radius: brushRadius }
    onDabs(dabsBetween(last.current, next, width, height))
    last.current = next
  }
  return (
    <div
      ref={stage}
      className="picture-stage"
      data-tool={tool}
      role="img"
      aria-label={m.imports.picture}
      style={{ aspectRatio: `${width} / ${height}`, maxInlineSize: `calc(var(--picture-height) * ${width / height})` }}
      onPointerDown={(event) => {
        if (tool !== 'brush' || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = null
        dab(event)
      }}
      onPointerMove={(event) => {
        if (tool === 'brush' && event.buttons === 1 && event.currentTarget.hasPointerCapture(event.pointerId)) dab(event)
      }}
    >
      <PictureCanvas image={image} quarterTurns={settings.quarterTurns} />
      <svg className="picture-lines" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {settings.erased.map((spot, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dabs are only ever added at the end
          <circle key={i} className="picture-dab" cx={spot.x * width} cy={spot.y * height} r={spot.radius * Math.max(width, height)} />
        ))}
        {overlay.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one tracing, replaced together
          <polyline key={i} className="picture-line" points={pointsOf(line, width, height)} />
        ))}
      </svg>
      {tool === 'crop' ? <CropFrame crop={settings.crop ?? WHOLE} placeOf={placeOf} onCrop={onCrop} /> : null}
    </div>
  )
}

/** A line of dabs, so that a fast brush leaves no gaps. */
function dabsBetween(from: Dab | null, to: Dab, width: number, height: number): Dab[] {
  if (!from) return [to]
  const distance = Math.hypot((to.x - from.x) * width, (to.y - from.y) * height)
  const steps = Math.min(60, Math.max(1, Math.ceil(distance / (0.5 * to.radius * Math.max(width, height)))))
  return Array.from({ length: steps }, (_, n) => ({
    x: from.x + ((to.x - from.x) * (n + 1)) / steps,
    y: from.y + ((to.y - from.y) * (n + 1)) / steps,
    radius: to.radius,
  }))
}

function pointsOf(line: readonly number[], width: number, height: number): string {
  const points: string[] = []
  // A dot is a line to itself.
  const drawn = line.length === 2 ? [...line, ...line] : line
  for (let i = 0; i + 1 < drawn.length; i += 2)
    points.push(`${((drawn[i] ?? 0) * width).toFixed(1)},${((drawn[i + 1] ?? 0) * height).toFixed(1)}`)
  return points.join(' ')
}

function PictureCanvas({ image, quarterTurns }: { image: RgbaImage; quarterTurns: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const flat = new OffscreenCanvas(image.width, image.height)
    flat.getContext('2d')?.putImageData(new ImageData(Uint8ClampedArray.from(image.data), image.width, image.height), 0, 0)
    const isSideways = quarterTurns % 2 === 1
    const [width, height] = isSideways ? [image.height, image.width] : [image.width, image.height]
    context.canvas.width = width
    context.canvas.height = height
    context.translate(width / 2, height / 2)
    context.rotate((quarterTurns * Math.PI) / 2)
    context.drawImage(flat, -image.width / 2, -image.height / 2)
  }, [image, quarterTurns])
  return <canvas ref={canvas} className="picture-canvas" />
}

const CORNERS = ['nw', 'ne', 'se', 'sw'] as const
type Corner = (typeof CORNERS)[number]

interface CropFrameProps {
  readonly crop: Crop
  readonly placeOf: (event: PointerEvent) => { x: number; y: number }
  readonly onCrop: (crop: Crop) => void
}

function CropFrame({ crop, placeOf, onCrop }: CropFrameProps) {
  const m = useMessages()
  const place = (corner: Corner): { x: number; y: number } => ({
    x: corner.endsWith('w') ? crop.left : crop.right,
    y: corner.startsWith('n') ? crop.top : crop.bottom,
  })
  const onKeyDown = (corner: Corner, event: KeyboardEvent): void => {
    const step = { ArrowLeft: [-KEY_STEP, 0], ArrowRight: [KEY_STEP, 0], ArrowUp: [0, -KEY_STEP], ArrowDown: [0, KEY_STEP] }[event.key]
    if (!step) return
    event.preventDefault()
    const { x, y } = place(corner)
    onCrop(withCorner(crop, corner, x + (step[0] ?? 0), y + (step[1] ?? 0)))
  }
  const inset = `${100 * crop.top}% ${100 * (1 - crop.right)}% ${100 * (1 - crop.bottom)}% ${100 * crop.left}%`
  return (
    <>
      <div className="crop-window">
        <div className="crop-frame" style={{ inset }} />
      </div>
      {CORNERS.map((corner) => (
        <button
          key={corner}
          type="button"
          className="crop-corner"
          aria-label={m.imports.corner(m.imports.corners[corner])}
          style={{ insetInlineStart: `${100 * place(corner).x}%`, insetBlockStart: `${100 * place(corner).y}%` }}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => {
            if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
            const { x, y } = placeOf(event)
            onCrop(withCorner(crop, corner, x, y))
          }}
          onKeyDown={(event) => onKeyDown(corner, event)}
        />
      ))}
    </>
  )
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

function withCorner(crop: Crop, corner: Corner, x: number, y: number): Crop {
  const horizontal = corner.endsWith('w')
    ? { left: within(x, 0, crop.right - LEAST_CROP) }
    : { right: within(x, crop.left + LEAST_CROP, 1) }
  const vertical = corner.startsWith('n')
    ? { top: within(y, 0, crop.bottom - LEAST_CROP) }
    : { bottom: within(y, crop.top + LEAST_CROP, 1) }
  return { ...crop, ...horizontal, ...vertical }
}
