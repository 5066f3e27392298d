/**
 * The tree of an SVG → what a browser would paint, in order: shapes with their map, paints and clips. `use`, symbols, inner viewports, style sheets and
 * inheritance are resolved here; what cannot be painted as lines is counted, to be told.
 */

import type { Budget } from '../budget'
import type { SvgLeftOut } from '../leftOut'
import { LIMITS } from '../types'
import { type Affine, compose, IDENTITY, parseTransform, translation } from './affine'
import { Cascade, type Declared, type Place } from './cascade'
import type { Colour } from './colours'
import type { Subpath } from './curves'
import { type Axis, parseLength, type Viewport } from './lengths'
import { boxClip, type Clip, type Item, type Scene, tooManyElements, tooManySegments, unreadable } from './painted'
import { SHAPES, shapeOf } from './shapes'
import { INITIAL, type Inherited, inherit, parseOpacity, reference } from './style'
import { type Box, fitViewBox, frameOf, rootSize, viewBoxOf } from './viewport'
import type { XmlElement } from './xml'

interface Context {
  readonly map: Affine
  readonly style: Inherited
  readonly viewport: Viewport
  readonly alpha: number
  readonly clips: readonly Clip[]
  /** Ids being used, from the outside in. */
  readonly uses: readonly string[]
}

const CONTAINERS: ReadonlySet<string> = new Set(['svg', 'g', 'a', 'switch', 'symbol'])
const GEOMETRY: ReadonlySet<string> = new Set(['cx', 'cy', 'r', 'rx', 'ry', 'x', 'y', 'width', 'height'])
const DEEPEST_USE = 20
/** Percentages of a drawing that names no size. */
const UNSIZED: Box = { x: 0, y: 0, width: 512, height: 512 }

export function buildScene(root: XmlElement, budget: Budget): Scene {
  const builder = new SceneBuilder(root, budget)
  return builder.build()
}

class SceneBuilder {
  private readonly items: Item[] = []
  private readonly leftOut = new Map<SvgLeftOut, number>()
  private readonly byId = new Map<string, Place>()
  private readonly root: XmlElement
  private readonly cascade: Cascade
  private elements = 0
  private segments = 0

  constructor(root: XmlElement, budget: Budget) {
    this.root = root
    this.cascade = new Cascade(root, budget)
    this.index({ element: root, parent: null, index: 0 })
  }

  build(): Scene {
    const box = viewBoxOf(this.root) ?? { ...(rootSize(this.root) ?? UNSIZED) }
    const viewport = { width: box.width, height: box.height, fontSize: INITIAL.fontSize }
    this.visit({ element: this.root, parent: null, index: 0 }, { map: IDENTITY, style: INITIAL, viewport, alpha: 1, clips: [], uses: [] })
    const declared = this.cascade.declared({ element: this.root, parent: null, index: 0 })
    const background = declared.get('background-color') ?? declared.get('background') ?? null
    return { items: this.items, leftOut: this.leftOut, background }
  }

  private index(place: Place): void {
    const id = place.element.attributes.get('id')
    if (id !== undefined && !this.byId.has(id)) this.byId.set(id, place)
    for (const [index, element] of place.element.children.entries()) this.index({ element, parent: place, index })
  }

  private count(what: SvgLeftOut): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1)
  }

  private readonly find = (id: string): XmlElement | undefined => this.byId.get(id)?.element

  private visit(place: Place, outer: Context): void {
    const { element } = place
    if (++this.elements > LIMITS.svgElements) throw tooManyElements()
    const declared = this.cascade.declared(place)
    if (declared.get('display') === 'none' || element.attributes.has('data-paper')) return
    if (element.name === 'text') this.count('text')
    if (element.name === 'image') this.count('images')
    const isDrawn = CONTAINERS.has(element.name) || SHAPES.has(element.name) || element.name === 'use'
    if (!isDrawn) return
    const context = this.enter(element, declared, outer)
    if (context.alpha === 0) return
    if (element.name === 'use') this.use(place, context)
    else if (SHAPES.has(element.name)) this.shape(element, declared, context)
    else if (element.name !== 'symbol') this.container(place, context, declared)
  }

  /** The context inside of an element: transform, style, opacity, clip. */
  private enter(element: XmlElement, declared: Declared, outer: Context): Context {
    const style = inherit(declared, outer.style, outer.viewport, this.find, () => this.count('patterns'))
    const viewport = { ...outer.viewport, fontSize: style.fontSize }
    const map = compose(outer.map, this.transformOf(element, declared, viewport))
    for (const [property, what] of [
      ['mask', 'masks'],
      ['filter', 'filters'],
    ] as const) {
      if ((declared.get(property) ?? 'none') !== 'none') this.count(what)
    }
    const clip = this.clipOf(declared, { ...outer, style, viewport, map })
    const alpha = outer.alpha * parseOpacity(declared.get('opacity'), 1)
    return { ...outer, map, style, viewport, alpha, clips: clip ? [...outer.clips, clip] : outer.clips }
  }

  private transformOf(element: XmlElement, declared: Declared, viewport: Viewport): Affine {
    const text = declared.get('transform') ?? element.attributes.get('transform')
    if (text === undefined) return IDENTITY
    const own = parseTransform(text)
    if (!own) throw unreadable(`the transform of “${element.name}”`)
    const origin = (declared.get('transform-origin') ?? '')
      .trim()
      .split(/\s/u)
      .filter((word) => word !== '')
    if (origin.length === 0) return own
    const place = (word: string | undefined, axis: 'x' | 'y'): number => {
      const keyword = { left: '0%', top: '0%', center: '50%', right: '100%', bottom: '100%' }[word ?? 'center'] ?? word
      return parseLength(keyword, viewport, axis) ?? 0
    }
    const [x, y] = [place(origin[0], 'x'), place(origin[1], 'y')]
    return compose(translation(x, y), compose(own, translation(-x, -y)))
  }

  private container(place: Place, context: Context, declared: Declared): void {
    const { element } = place
    const inner =
      element.name === 'svg' && place.parent
        ? this.enterViewport(element, context, declared, (key) => element.attributes.get(key))
        : context
    const children = [...element.children.entries()]
    if (element.name === 'switch') {
      const chosen = children.find(([, child]) => this.isForUs(child))
      if (chosen) this.visit({ element: chosen[1], parent: place, index: chosen[0] }, inner)
      return
    }
    for (const [index, child] of children) this.visit({ element: child, parent: place, index }, inner)
  }

  private isForUs({ name, attributes }: XmlElement): boolean {
    const language = attributes.get('systemLanguage')
    return (
      (CONTAINERS.has(name) || SHAPES.has(name) || name === 'use') &&
      (attributes.get('requiredExtensions') ?? '') === '' &&
      (language === undefined || language.includes('en'))
    )
  }

  private enterViewport(element: XmlElement, context: Context, declared: Declared, given: (key: string) => string | undefined): Context {
    const frame = frameOf(element, context.viewport, given)
    const box = viewBoxOf(element)
    const viewport = { ...context.viewport, width: box?.width ?? frame.width, height: box?.height ?? frame.height }
    const overflow = declared.get('overflow') ?? 'hidden'
    const clips = overflow === 'visible' || overflow === 'auto' ? context.clips : [...context.clips, boxClip(frame, context.map)]
    return { ...context, map: compose(context.map, fitViewBox(element, frame)), viewport, clips }
  }

  private use(place: Place, context: Context): void {
    const { attributes } = place.element
    const href = (attributes.get('href') ?? attributes.get('xlink:href') ?? '').trim()
    const id = href.startsWith('#') ? href.slice(1) : ''
    const target = this.byId.get(id)
    if (!target || context.uses.includes(id) || context.uses.length >= DEEPEST_USE) return
    const length = (key: string, axis: Axis): number => parseLength(attributes.get(key), context.viewport, axis) ?? 0
    const moved = { ...context, map: compose(context.map, translation(length('x', 'x'), length('y', 'y'))), uses: [...context.uses, id] }
    const { element } = target
    if (element.name !== 'symbol' && element.name !== 'svg') {
      this.visit(target, moved)
      return
    }
    const declared = this.cascade.declared(target)
    if (declared.get('display') === 'none') return
    const inside = this.enter(element, declared, moved)
    const inner = this.enterViewport(element, inside, declared, (key) => attributes.get(key) ?? element.attributes.get(key))
    for (const [index, child] of element.children.entries()) this.visit({ element: child, parent: target, index }, inner)
  }

  private subpathsOf(element: XmlElement, declared: Declared, viewport: Viewport): Subpath[] | null {
    const text = (key: string): string | undefined => {
      if (key === 'd') return pathProperty(declared.get('d')) ?? element.attributes.get('d')
      return (GEOMETRY.has(key) ? declared.get(key) : undefined) ?? element.attributes.get(key)
    }
    const length = (key: string, axis: Axis): number | null => parseLength(text(key), viewport, axis)
    return shapeOf({ name: element.name, text, length }, () => {
      if (++this.segments > LIMITS.points) throw tooManySegments()
    })
  }

  private shape(element: XmlElement, declared: Declared, context: Context): void {
    const { style, alpha, map, clips } = context
    const subpaths = this.subpathsOf(element, declared, context.viewport)
    if (!subpaths) this.count('unreadable')
    if (!subpaths || !style.isVisible || subpaths.length === 0) return
    for (const marker of ['marker', 'marker-start', 'marker-mid', 'marker-end'])
      if ((declared.get(marker) ?? 'none') !== 'none') this.count('markers')
    const faded = (colour: Colour | null, opacity: number): Colour | null =>
      colour && colour.alpha * opacity * alpha > 0.04 ? { ...colour, alpha: colour.alpha * opacity * alpha } : null
    const fill = faded(style.fill, style.fillOpacity)
    this.items.push({
      element,
      subpaths,
      map,
      fill: element.name === 'line' ? null : fill,
      fillRule: style.fillRule,
      stroke: style.strokeWidth > 0 ? faded(style.stroke, style.strokeOpacity) : null,
      strokeWidth: style.strokeWidth,
      isWidthFixed: declared.get('vector-effect') === 'non-scaling-stroke',
      clips,
      isBare: style.fill === INITIAL.fill && style.stroke === null && alpha > 0.04,
    })
  }

  private clipOf(declared: Declared, context: Context): Clip | null {
    const text = declared.get('clip-path') ?? 'none'
    if (text === 'none') return null
    const target = this.byId.get(reference(text)?.id ?? '')
    const units = target?.element.attributes.get('clipPathUnits') ?? 'userSpaceOnUse'
    if (target?.element.name !== 'clipPath' || units !== 'userSpaceOnUse') {
      // A reference to nothing clips nothing; shapes written as CSS functions and boxes of objects are not read.
      if (reference(text) === null || target?.element.name === 'clipPath') this.count('clips')
      return null
    }
    const shapes: Clip['shapes'][number][] = []
    const inside = this.transformOf(target.element, this.cascade.declared(target), context.viewport)
    const collect = (place: Place, map: Affine, depth: number): void => {
      if (++this.elements > LIMITS.svgElements) throw tooManyElements()
      const own = this.cascade.declared(place)
      if (own.get('display') === 'none' || depth > DEEPEST_USE) return
      const inner = compose(map, this.transformOf(place.element, own, context.viewport))
      if (place.element.name === 'use') {
        const used = this.byId.get(
          (place.element.attributes.get('href') ?? place.element.attributes.get('xlink:href') ?? '').trim().slice(1),
        )
        const [x, y] = [parseLength(place.element.attributes.get('x')) ?? 0, parseLength(place.element.attributes.get('y')) ?? 0]
        if (used) collect(used, compose(inner, translation(x, y)), depth + 1)
      } else if (SHAPES.has(place.element.name)) {
        const subpaths = this.subpathsOf(place.element, own, context.viewport)
        if (subpaths) shapes.push({ subpaths, map: inner, rule: own.get('clip-rule') === 'evenodd' ? 'evenodd' : 'nonzero' })
      }
    }
    for (const [index, child] of target.element.children.entries())
      collect({ element: child, parent: target, index }, compose(context.map, inside), 0)
    return { shapes }
  }
}

/** `d: path("…")` of a style sheet. */
function pathProperty(text: string | undefined): string | undefined {
  if (!text?.toLowerCase().startsWith('path(')) return undefined
  const inside = text.slice(5, text.lastIndexOf(')')).trim()
  return inside.slice(1, -1)
}
