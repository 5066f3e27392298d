/** The ten pictures: paper, ink, turn, light, noise and what else lies on the sheet. */

export interface Recipe {
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
export const RECIPES: readonly Recipe[] = [
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
