/**
 * Scans and phone pictures of drawings, made by code from our own contours: paper, light, blur, turn, size, notes, shading, holes, rules, a table. Each knows
 * where its face's parts lie on the sheet, so that a tracing can be judged.
 */

import jpeg from 'jpeg-js'
import { rasterize } from '../../src/editor/rasterizer'
import { contoursOf, MEAN_LANDMARKS } from '../../src/faces/meanFace'
import type { MeanFacePart } from '../../src/faces/parts'
import { mulberry32 } from '../../src/shared/rng'

export interface Scan {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The face's own contours in the mean face's frame: flat x, y in sketch pixels. */
  readonly contours: readonly { readonly part: MeanFacePart; readonly points: readonly number[] }[]
}

interface Recipe {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly paper: readonly [number, number, number]
  readonly ink: readonly [number, number, number]
  /** How opaque the ink is, and how much that varies. */
  readonly opacity: number
  readonly grain?: number
  readonly inkWidthPx: number
  /** Of the face on the sheet (512 wide): turn in degrees, scale, shift. */
  readonly turn: number
  readonly scale: number
  readonly shift?: readonly [number, number]
  /** 0–1 at a place of the picture. */
  readonly light: (u: number, v: number) => number
  readonly noise: number
  readonly blur?: number
  readonly quality: number
  readonly notes?: boolean
  readonly shading?: boolean
  readonly hair?: boolean
  readonly holes?: boolean
  readonly rules?: boolean
  /** The sheet's share of the picture, on a table of a colour. */
  readonly table?: { readonly colour: readonly [number, number, number]; readonly share: number; readonly turn: number }
  readonly quarterTurns?: number
}

const even = (): number => 1
const RECIPES: readonly Recipe[] = [
  {
    name: 'flatbed scan',
    width: 900,
    height: 1100,
    paper: [250, 249, 246],
    ink: [40, 40, 44],
    opacity: 0.95,
    inkWidthPx: 2.5,
    turn: 1,
    scale: 0.8,
    light: even,
    noise: 1.5,
    quality: 92,
  },
  {
    name: 'pencil on grey paper, lit from the left',
    width: 1400,
    height: 1400,
    paper: [205, 203, 198],
    ink: [80, 78, 80],
    opacity: 0.7,
    grain: 0.4,
    inkWidthPx: 2.5,
    turn: -4,
    scale: 0.75,
    light: (u) => 1 - 0.35 * u,
    noise: 3,
    quality: 85,
  },
  {
    name: 'blurred phone picture with the shade of a hand',
    width: 1600,
    height: 1200,
    paper: [240, 235, 222],
    ink: [50, 48, 60],
    opacity: 0.85,
    inkWidthPx: 3,
    turn: 6,
    scale: 0.85,
    light: (u, v) => (u + v > 1.25 ? 0.62 : 1) - 0.1 * v,
    noise: 3,
    blur: 2,
    quality: 80,
  },
  {
    name: 'squared paper',
    width: 1200,
    height: 1200,
    paper: [246, 247, 248],
    ink: [40, 42, 90],
    opacity: 0.9,
    inkWidthPx: 3,
    turn: -3,
    scale: 0.8,
    light: even,
    noise: 2,
    quality: 88,
    rules: true,
  },
  {
    name: 'on a table, turned',
    width: 1500,
    height: 1500,
    paper: [244, 242, 236],
    ink: [45, 45, 50],
    opacity: 0.9,
    inkWidthPx: 2.5,
    turn: 0,
    scale: 0.8,
    light: (u, v) => 1 - 0.15 * u - 0.1 * v,
    noise: 3,
    quality: 82,
    table: { colour: [92, 66, 48], share: 0.7, turn: 9 },
  },
  {
    name: 'notes beside the face',
    width: 1300,
    height: 1000,
    paper: [248, 246, 240],
    ink: [35, 35, 40],
    opacity: 0.9,
    inkWidthPx: 2.5,
    turn: 3,
    scale: 0.7,
    shift: [-60, 0],
    light: (u) => 0.9 + 0.1 * u,
    noise: 2,
    quality: 85,
    notes: true,
  },
  {
    name: 'shaded, with hair',
    width: 1200,
    height: 1400,
    paper: [238, 236, 230],
    ink: [60, 58, 58],
    opacity: 0.85,
    grain: 0.2,
    inkWidthPx: 2.5,
    turn: -2,
    scale: 0.72,
    shift: [0, 20],
    light: (_u, v) => 1 - 0.12 * v,
    noise: 2.5,
    quality: 85,
    shading: true,
    hair: true,
  },
  {
    name: 'punched yellow pad, coloured pencil',
    width: 1000,
    height: 1300,
    paper: [250, 238, 170],
    ink: [170, 60, 50],
    opacity: 0.8,
    grain: 0.25,
    inkWidthPx: 3,
    turn: 8,
    scale: 0.7,
    light: even,
    noise: 2,
    quality: 85,
    holes: true,
  },
  {
    name: 'small on a large sheet',
    width: 2400,
    height: 3200,
    paper: [246, 245, 242],
    ink: [40, 40, 44],
    opacity: 0.9,
    inkWidthPx: 2,
    turn: -10,
    scale: 0.55,
    shift: [40, -30],
    light: (_u, v) => 1 - 0.18 * v,
    noise: 2,
    quality: 85,
  },
  {
    name: 'lying on its side',
    width: 1200,
    height: 1000,
    paper: [243, 241, 235],
    ink: [45, 45, 50],
    opacity: 0.9,
    inkWidthPx: 2.5,
    turn: 2,
    scale: 0.8,
    light: even,
    noise: 2,
    quality: 85,
    quarterTurns: 1,
  },
]

/** @param seed another person, and other notes, in each */
export function makeScans(seed = 1): Scan[] {
  return RECIPES.map((recipe, i) => makeScan(recipe, mulberry32(seed * 100 + i)))
}

function makeScan(recipe: Recipe, random: () => number): Scan {
  const contours = contoursOf(personOf(random)).map(({ part, points }) => ({ part, points }))
  const { pixels, width, height } = photograph(recipe, contours, random)
  const { data } = jpeg.encode({ width, height, data: pixels }, recipe.quality)
  return { name: recipe.name, bytes: Uint8Array.from(data), contours }
}

/** Parts moved and scaled a little, both sides alike. */
function personOf(random: () => number): [number, number][] {
  const spread = (most: number): number => (2 * random() - 1) * most
  const groups = [
    [0, 17],
    [17, 27],
    [27, 36],
    [36, 48],
    [48, 68],
  ]
  const landmarks = MEAN_LANDMARKS.map(([x, y]) => [x, y] as [number, number])
  for (const [from = 0, to = 0] of groups) {
    const [dy, sx, sy] = [spread(0.008), 1 + spread(0.05), 1 + spread(0.06)]
    const ys = landmarks.slice(from, to).map(([, y]) => y)
    const middle = ys.reduce((sum, y) => sum + y, 0) / ys.length
    for (let i = from; i < to; i++) {
      const [x, y] = landmarks[i] ?? [0, 0]
      landmarks[i] = [0.5 + (x - 0.5) * sx, middle + (y - middle) * sy + dy]
    }
  }
  return landmarks
}

type Line = readonly number[]

/** Everything drawn on the sheet, in sheet pixels (512): x, y, width. */
function sheetLines(recipe: Recipe, contours: Scan['contours'], random: () => number): Line[] {
  const angle = (recipe.turn * Math.PI) / 180
  const [cos, sin] = [recipe.scale * Math.cos(angle), recipe.scale * Math.sin(angle)]
  const [dx, dy] = recipe.shift ?? [0, 0]
  const placed = (x: number, y: number): [number, number] => {
    const [u, v] = [x - 256, y - 290]
    return [256 + dx + cos * u - sin * v, 270 + dy + sin * u + cos * v]
  }
  const drawn = (points: readonly number[], width: number): Line => {
    const line: number[] = []
    for (let i = 0; i + 1 < points.length; i += 2) line.push(...placed(points[i] ?? 0, points[i + 1] ?? 0), width)
    return line
  }
  const lines = contours.map(({ points }) => drawn(points, recipe.inkWidthPx))
  if (recipe.hair) {
    for (let k = 0; k < 9; k++) {
      const r = 215 + 8 * k
      const arc = Array.from({ length: 24 }, (_, i) => [
        256 - r * 0.8 * Math.cos((Math.PI * i) / 23),
        255 - r * Math.sin((Math.PI * i) / 23),
      ]).flat()
      lines.push(drawn(arc, recipe.inkWidthPx))
    }
  }
  if (recipe.shading) for (let k = 0; k < 16; k++) lines.push(drawn([118 + 3 * k, 330 + 5 * k, 132 + 3 * k, 318 + 5 * k], 1.2))
  if (recipe.notes) {
    for (let row = 0; row < 4; row++) {
      for (let letter = 0; letter < 6; letter++) {
        const [x, y] = [425 + 13 * letter, 90 + 24 * row]
        lines.push([x, y, 1.8, x + 2 + 5 * random(), y + 11, 1.8, x + 7, y + 2 + 6 * random(), 1.8])
      }
    }
  }
  return lines
}

const BITMAP_PX = 1536

function photograph(recipe: Recipe, contours: Scan['contours'], random: () => number) {
  const { width, height, quarterTurns = 0 } = recipe
  const ink = rasterize(sheetLines(recipe, contours, random), BITMAP_PX)
  let planes = new Float32Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [s, t] = onSheet(recipe, x, y)
      const colour = colourAt(recipe, s, t, ink, random)
      const light = recipe.light(x / width, y / height)
      for (let c = 0; c < 3; c++) planes[3 * (y * width + x) + c] = (colour[c] ?? 0) * light
    }
  }
  for (let pass = 0; pass < (recipe.blur ?? 0); pass++) planes = softened(planes, width, height)
  const pixels = Buffer.alloc(4 * width * height, 255)
  const isSideways = quarterTurns % 2 === 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = isSideways ? x * height + (height - 1 - y) : y * width + x
      const noise = recipe.noise * (random() + random() + random() - 1.5) * 1.6
      for (let c = 0; c < 3; c++)
        pixels[4 * target + c] = Math.min(255, Math.max(0, Math.round((planes[3 * (y * width + x) + c] ?? 0) + noise)))
    }
  }
  return { pixels, width: isSideways ? height : width, height: isSideways ? width : height }
}

/** Picture pixel → sheet pixels (512 along the shorter side). */
function onSheet({ width, height, table }: Recipe, x: number, y: number): [number, number] {
  const side = Math.min(width, height) * (table?.share ?? 1)
  const angle = -((table?.turn ?? 0) * Math.PI) / 180
  const [u, v] = [(x - width / 2) / side, (y - height / 2) / side]
  return [512 * (0.5 + u * Math.cos(angle) - v * Math.sin(angle)), 512 * (0.5 + u * Math.sin(angle) + v * Math.cos(angle))]
}

function colourAt(recipe: Recipe, s: number, t: number, ink: Uint8ClampedArray, random: () => number): readonly number[] {
  const isOff = recipe.table && (s < -20 || t < -20 || s > 532 || t > 532)
  if (isOff && recipe.table) {
    const wood = 1 + 0.08 * Math.sin(t / 6 + Math.sin(s / 40))
    return recipe.table.colour.map((channel) => channel * wood)
  }
  if (recipe.holes && [90, 256, 420].some((y) => (s - 22) ** 2 + (t - y) ** 2 < 64)) return [40, 38, 36]
  let paper: readonly number[] = recipe.paper
  if (recipe.rules && (Math.abs(((s + 600) % 21) - 10) < 0.5 || Math.abs(((t + 600) % 21) - 10) < 0.5)) paper = [168, 196, 226]
  const [x, y] = [Math.floor((s * BITMAP_PX) / 512), Math.floor((t * BITMAP_PX) / 512)]
  if (x < 0 || y < 0 || x >= BITMAP_PX || y >= BITMAP_PX) return paper
  const cover = (1 - (ink[y * BITMAP_PX + x] ?? 255) / 255) * recipe.opacity * (1 - (recipe.grain ?? 0) * random())
  return paper.map((channel, c) => channel * (1 - cover) + (recipe.ink[c] ?? 0) * cover)
}

function softened(planes: Float32Array, width: number, height: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(planes.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const)
          sum += planes[3 * (Math.min(height - 1, Math.max(0, y + dy)) * width + Math.min(width - 1, Math.max(0, x + dx))) + c] ?? 0
        out[3 * (y * width + x) + c] = sum / 5
      }
    }
  }
  return out
}
