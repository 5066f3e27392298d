/**
 * Paints the surface from the editor's stores and preview, at most once a frame and without React: the page and its underlay move with the
 * view, committed ink comes from a bitmap, everything else is drawn anew on its own layer.
 */

import type Konva from 'konva'
import type { SketchDocument, Stroke } from '../../../editor/document'
import type { Editor, View } from '../../../editor/types'
import { CommittedInk, type InkTarget } from './committedInk'
import type { KeyboardPenState } from './keyboardPen'
import { LiveInk } from './liveInk'
import { type OverlayScene, paintOverlay } from './overlay'
import type { SurfacePalette } from './palette'
import { surfacePixelRatio, watchPixelRatio } from './pixelRatio'

export interface SurfaceNodes {
  readonly element: HTMLElement
  readonly paperLayer: Konva.Layer
  /** Everything in sketch pixels on the paper layer. */
  readonly page: Konva.Group
  readonly inkLayer: Konva.Layer
  readonly overlayLayer: Konva.Layer
}

const NO_STROKES: readonly Stroke[] = []

export class SurfacePainter {
  palette: SurfacePalette
  sizePx = 0
  keyboardPen: () => KeyboardPenState | null = () => null
  private nodes: SurfaceNodes | null = null
  private frameRequest = 0
  private readonly editor: Editor
  private readonly ink = new CommittedInk()
  private readonly live = new LiveInk()
  private readonly unsubscribers: (() => void)[]
  private paintedView: View | null = null
  private inkIsSettled = true
  /** Kept until the committed ink shows them, so that moved strokes do not blink. */
  private lingering: readonly Stroke[] = NO_STROKES
  private selectedCache: { document: SketchDocument; ids: readonly string[]; strokes: readonly Stroke[] } | null = null

  constructor(editor: Editor, palette: SurfacePalette) {
    this.editor = editor
    this.palette = palette
    this.unsubscribers = [
      editor.documentStore.subscribe(() => this.schedule()),
      editor.sessionStore.subscribe(() => this.schedule()),
      editor.preview.subscribe(() => this.schedule()),
      watchPixelRatio(() => this.schedule()),
    ]
  }

  attach(nodes: SurfaceNodes): void {
    this.nodes = nodes
    this.paintedView = null
    this.schedule()
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    cancelAnimationFrame(this.frameRequest)
    this.nodes = null
  }

  schedule(): void {
    if (this.frameRequest === 0) this.frameRequest = requestAnimationFrame(() => this.frame())
  }

  /** All of it, though neither view nor drawing has changed. */
  repaint(): void {
    this.paintedView = null
    this.schedule()
  }

  /** Scene function of the ink layer. */
  paintInk(context: CanvasRenderingContext2D): void {
    context.globalAlpha = this.palette.inkOpacity
    this.ink.paint(context, this.editor.sessionStore.getState().view)
  }

  /** Scene function of the overlay layer. */
  paintOverlay(context: CanvasRenderingContext2D): void {
    paintOverlay(context, this.scene(), this.live)
  }

  private frame(): void {
    this.frameRequest = 0
    const { nodes } = this
    if (!nodes || this.sizePx <= 0) return
    const { view } = this.editor.sessionStore.getState()
    if (sharpen([nodes.paperLayer, nodes.inkLayer, nodes.overlayLayer])) this.paintedView = null
    if (view !== this.paintedView) {
      nodes.page.setAttrs({ x: view.panX, y: view.panY, scaleX: view.zoom, scaleY: view.zoom })
      nodes.paperLayer.draw()
    }
    const target = this.inkTarget(view)
    const wasSettled = this.inkIsSettled
    const changed = this.ink.needs(target)
    this.inkIsSettled = this.ink.aim(target) || this.ink.work(this.editor.preview.current.gesture)
    if (changed || !wasSettled || view !== this.paintedView) nodes.inkLayer.draw()
    this.paintedView = view
    if (this.inkIsSettled) this.lingering = this.editor.preview.current.replacements
    nodes.overlayLayer.draw()
    nodes.element.style.cursor = this.editor.preview.current.cursor
    nodes.element.dataset.gesture = this.editor.preview.current.gesture ? 'yes' : 'no'
    if (!this.inkIsSettled) this.schedule()
  }

  private inkTarget(view: View): InkTarget {
    return {
      strokes: this.editor.documentStore.getState().document.strokes,
      hidden: this.editor.preview.current.hiddenStrokeIds,
      view,
      sizePx: this.sizePx,
      pixelRatio: surfacePixelRatio(),
      colour: this.palette.ink,
    }
  }

  private scene(): OverlayScene {
    const { document } = this.editor.documentStore.getState()
    const session = this.editor.sessionStore.getState()
    const preview = this.editor.preview.current
    const replacements = preview.replacements.length > 0 || this.inkIsSettled ? preview.replacements : this.lingering
    return {
      preview,
      replacements,
      selected: this.selectedStrokes(document, session.selection),
      // With the pen it is named, not marked: the pen does nothing to it.
      hovered:
        preview.hoveredStrokeId && session.tool !== 'pen'
          ? (document.strokes.find((stroke) => stroke.id === preview.hoveredStrokeId) ?? null)
          : null,
      view: session.view,
      palette: this.palette,
      symmetry: session.symmetry,
      keyboardPen: this.keyboardPen(),
    }
  }

  private selectedStrokes(document: SketchDocument, ids: readonly string[]): readonly Stroke[] {
    if (ids.length === 0) return NO_STROKES
    const cache = this.selectedCache
    if (cache && cache.document === document && cache.ids === ids) return cache.strokes
    const wanted = new Set(ids)
    const strokes = document.strokes.filter((stroke) => wanted.has(stroke.id))
    this.selectedCache = { document, ids, strokes }
    return strokes
  }
}

/** Gives the layers the resolution of the screen that they are on now; true when they had another. */
function sharpen(layers: readonly Konva.Layer[]): boolean {
  const ratio = surfacePixelRatio()
  const blurred = layers.filter((layer) => layer.getCanvas().getPixelRatio() !== ratio)
  for (const layer of blurred) layer.getCanvas().setPixelRatio(ratio)
  return blurred.length > 0
}
