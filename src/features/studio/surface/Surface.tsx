/** The page: a square surface on which one draws with a mouse, pen, finger or the keyboard. Accessible name "Sketch". */

import type Konva from 'konva'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Group, Layer, Line, Rect, Shape, Stage } from 'react-konva'
import { useStore } from 'zustand'
import { type Contour, meanFaceContours } from '../../../faces/meanFace'
import { inverse, scaleOf, turnDegreesOf } from '../../../faces/similarity'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { type Theme, useTheme } from '../../ui/theme'
import { PlacementNote } from '../face/PlacementNote'
import { FirstMinute } from '../firstMinute/FirstMinute'
import { PartTag } from '../parts/PartTag'
import { StandInChips } from '../parts/StandInChips'
import { useStandIns } from '../parts/useStandIns'
import { ReferencePicture } from '../reference/ReferencePicture'
import { useStudio } from '../studioContext'
import { Announcer } from './Announcer'
import { readPalette, type SurfacePalette } from './palette'
import { SurfacePainter } from './surfacePainter'
import { useSurfaceInput } from './useSurfaceInput'
import { fitView, relativeZoom, resizeView } from './view'

const CONTOURS = meanFaceContours()

export function Surface({ sizePx }: { sizePx: number }) {
  const m = useMessages()
  const { editor, preferences, announcements } = useStudio()
  const theme = useTheme(useStore(preferences, (state) => state.theme))
  const descriptionId = useId()
  const element = useRef<HTMLDivElement>(null)
  const painted = usePainter(element, theme, sizePx)
  useSurfaceInput(element, painted?.painter ?? null, sizePx)
  const zoom = useStore(editor.sessionStore, (state) => relativeZoom(state.view, sizePx))

  return (
    <section className="page" aria-label={m.page.region} data-caption={m.page.sketch}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing surface takes keys */}
      <div ref={element} className="surface" role="application" aria-label={m.page.sketch} aria-describedby={descriptionId} tabIndex={0}>
        {painted ? <Layers {...painted} sizePx={sizePx} element={element} /> : null}
      </div>
      <p id={descriptionId} className="visually-hidden">
        {m.page.description}
      </p>
      <FirstMinute pagePx={sizePx} />
      {Math.abs(zoom - 1) > 0.005 ? <output className="page-zoom">{m.page.zoom(Math.round(zoom * 100))}</output> : null}
      <TurnNote />
      <PartTag />
      <div className="page-foot">
        <PlacementNote />
        <StandInChips pagePx={sizePx} />
      </div>
      <Announcer source={announcements} />
    </section>
  )
}

/** How far the page is turned, and the way back. */
function TurnNote() {
  const m = useMessages()
  const { ui, commandContext } = useStudio()
  const turnDegrees = useStore(ui, (state) => state.turnDegrees)
  if (turnDegrees === 0) return null
  const shown = turnDegrees > 180 ? turnDegrees - 360 : turnDegrees
  return (
    <button type="button" className="button page-turn" onClick={() => commandContext.turnPage(null)}>
      <span>{m.page.turned(shown)}</span>
      <Icon name="close" size={14} />
    </button>
  )
}

/** One painter for the life of the surface, told of theme and size. */
function usePainter(
  element: RefObject<HTMLDivElement | null>,
  theme: Theme,
  sizePx: number,
): { readonly painter: SurfacePainter; readonly palette: SurfacePalette } | null {
  const { editor, ui, preferences } = useStudio()
  const inkColour = useStore(preferences, (state) => state.inkColour)
  const inkOpacity = useStore(preferences, (state) => state.inkOpacity)
  const [painter, setPainter] = useState<SurfacePainter | null>(null)
  const [palette, setPalette] = useState<SurfacePalette | null>(null)
  const lastSize = useRef(0)

  useEffect(() => {
    if (!element.current) return
    const created = new SurfacePainter(editor, readPalette(element.current, preferences.getState()))
    setPainter(created)
    return () => {
      setPainter(null)
      created.dispose()
    }
  }, [editor, element, preferences])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette changes with the theme
  useEffect(() => {
    if (!painter || !element.current) return
    painter.palette = readPalette(element.current, { inkColour, inkOpacity })
    setPalette(painter.palette)
    painter.repaint()
  }, [painter, theme, element, inkColour, inkOpacity])

  useEffect(() => {
    const { view } = editor.sessionStore.getState()
    const before = lastSize.current
    editor.setSettings({ view: before === 0 ? fitView(sizePx) : resizeView(view, before, sizePx) })
    lastSize.current = sizePx
    ui.setState({ surfacePx: sizePx })
    if (!painter) return
    painter.sizePx = sizePx
    painter.schedule()
  }, [editor, ui, painter, sizePx])

  return painter && palette && { painter, palette }
}

interface LayersProps {
  painter: SurfacePainter
  /** Of the theme now: what React paints follows it. */
  palette: SurfacePalette
  sizePx: number
  element: RefObject<HTMLDivElement | null>
}

function Layers({ painter, palette, sizePx, element }: LayersProps) {
  const paper = useRef<Konva.Layer>(null)
  const page = useRef<Konva.Group>(null)
  const ink = useRef<Konva.Layer>(null)
  const overlay = useRef<Konva.Layer>(null)

  useEffect(() => {
    if (!paper.current || !page.current || !ink.current || !overlay.current || !element.current) return
    painter.attach({
      element: element.current,
      paperLayer: paper.current,
      page: page.current,
      inkLayer: ink.current,
      overlayLayer: overlay.current,
    })
  }, [painter, element])

  return (
    <Turned>
      <Stage width={sizePx} height={sizePx} listening={false}>
        <Layer ref={paper} listening={false}>
          <Group ref={page}>
            <Rect width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} fill={palette.paper} />
            <ReferencePicture />
            <Underlay palette={palette} />
          </Group>
        </Layer>
        <Layer ref={ink} listening={false}>
          <Shape sceneFunc={(context) => painter.paintInk(context._context)} />
        </Layer>
        <Layer ref={overlay} listening={false}>
          <Shape sceneFunc={(context) => painter.paintOverlay(context._context)} />
        </Layer>
      </Stage>
    </Turned>
  )
}

/** The page as it is turned on the screen: everything on it is drawn upright, and the pointer is turned back (`pointerGestures.ts`). */
function Turned({ children }: { children: ReactNode }) {
  const turnDegrees = useStore(useStudio().ui, (state) => state.turnDegrees)
  return (
    <div className="page-turned" style={turnDegrees === 0 ? undefined : { transform: `rotate(${turnDegrees}deg)` }}>
      {children}
    </div>
  )
}

/** Strength of the mean face's lines that the drawing has replaced, beside those that still stand in. */
const REPLACED = 0.35
/** Strength and dashes of what stands in while the mean face is hidden. */
const HIDDEN = 0.7
const DASH = [5, 5]

/**
 * The training set's mean face, in the blue of a non-photo pencil. What still stands in for missing parts is strong; what has been drawn
 * stays as a faint guide. What stands in is part of the picture, so that it shows, dashed, when the guide is hidden.
 */
function Underlay({ palette }: { palette: SurfacePalette }) {
  const { preferences, faceLoop } = useStudio()
  const placement = useStore(faceLoop.store, (state) => state.placement)
  const visible = useStore(preferences, (state) => state.underlay)
  const opacity = useStore(preferences, (state) => state.underlayOpacity)
  const usesStandIns = useStore(preferences, (state) => state.standIns)
  const { contours } = useStandIns()
  // The mean face comes to where the drawing is, as the drawing goes to the mean face for the generator.
  const back = inverse(placement)
  const scale = scaleOf(back)
  return (
    <Group listening={false} x={back.dx} y={back.dy} rotation={turnDegreesOf(back)} scaleX={scale} scaleY={scale}>
      <Group visible={visible} opacity={opacity}>
        <Group opacity={usesStandIns ? REPLACED : 1}>
          <ContourLines contours={CONTOURS} colour={palette.underlay} />
        </Group>
        <ContourLines contours={contours} colour={palette.underlay} />
      </Group>
      <Group visible={!visible} opacity={HIDDEN}>
        <ContourLines contours={contours} colour={palette.underlay} dash={DASH} />
      </Group>
    </Group>
  )
}

function ContourLines({ contours, colour, dash }: { contours: readonly Contour[]; colour: string; dash?: number[] }) {
  return contours.map((contour) => (
    <Line
      key={`${contour.id}-${contour.points[0]}`}
      points={[...contour.points]}
      stroke={colour}
      strokeWidth={2}
      {...(dash ? { dash } : {})}
      lineCap="round"
      lineJoin="round"
    />
  ))
}
