/** The look dials that are tried, and how each one's attribute is read off a picture. */

import type { Look, LookValue } from '../../../src/faces/look'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import type { PersonEstimate } from '../../node/detector'
import type { Person } from '../../node/faceSet'
import { brightness, type FaceRegions, meanColour, REGION_SIZE_PX, type Rgb } from '../data/regions'
import { mean, slope } from '../statistics/summary'

/** What a dial's attribute is read from. The estimate is only made for dials that need it. */
export interface Picture {
  image: RgbaImage
  regions: FaceRegions
  estimate: PersonEstimate | null
}

export interface Dial {
  id: string
  /** Field of the look. */
  field: string
  from: LookValue
  to: LookValue
  /** Of the reading. */
  unit: string
  needsEstimate: boolean
  has(person: Person): boolean
  /** `null` where it cannot be read. */
  read(picture: Picture): number | null
}

const anybody = (): boolean => true
const men = ({ male }: Person): boolean => male !== null && male >= 0.5

/** Where a colour lies between two: 0 at `from`, 1 at `to`. */
export function between(colour: Rgb, from: Rgb, to: Rgb): number {
  const [along, total] = [0, 1, 2].reduce(
    ([a, t], i) => {
      const step = (to[i] as number) - (from[i] as number)
      return [(a as number) + step * ((colour[i] as number) - (from[i] as number)), (t as number) + step * step]
    },
    [0, 0],
  ) as [number, number]
  return along / total
}

function colourDial(id: string, field: string, region: keyof FaceRegions, from: Rgb, to: Rgb): Dial {
  const read = ({ image, regions }: Picture) => {
    const colour = meanColour(image, regions[region])
    return colour && between(colour, from, to)
  }
  return { id, field, from, to, unit: 'of the way', needsEstimate: false, has: anybody, read }
}

const pixelDial = (id: string, field: string, [from, to]: readonly [LookValue, LookValue], unit: string, read: Dial['read']): Dial => ({
  id,
  field,
  from,
  to,
  unit,
  needsEstimate: false,
  has: anybody,
  read,
})

/** How colourful, 0–100. */
function saturation({ image, regions }: Picture): number | null {
  const colour = meanColour(image, regions.hair)
  return colour && (100 * (Math.max(...colour) - Math.min(...colour))) / Math.max(1, ...colour)
}

/** How much darker the beard's region is than the skin, in %. */
function beardShade({ image, regions }: Picture): number | null {
  const [beard, skin] = [meanColour(image, regions.beard), meanColour(image, regions.skin)]
  return beard && skin && 100 * (1 - brightness(beard) / brightness(skin))
}

function irisBlue({ image, regions }: Picture): number | null {
  const colour = meanColour(image, regions.irises)
  return colour && colour[2] - colour[0]
}

/** Deviation of the skin's brightness over its mean, in %. */
function skinContrast({ image, regions }: Picture): number | null {
  if (regions.skin.length === 0) return null
  const { data } = resizeSquare(image, REGION_SIZE_PX)
  const values = regions.skin.map((i) => brightness([data[4 * i] as number, data[4 * i + 1] as number, data[4 * i + 2] as number]))
  const centre = mean(values)
  return (100 * Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))) / centre
}

/** The same definition as the look's own field: 2 · (right − left) / (right + left). */
function lightSide({ image, regions }: Picture): number | null {
  const [left, right] = [meanColour(image, regions.skinLeft), meanColour(image, regions.skinRight)]
  return left && right && (2 * (brightness(right) - brightness(left))) / (brightness(right) + brightness(left))
}

export const DIALS: readonly Dial[] = [
  { ...pixelDial('age', 'age', [25, 70], 'years', ({ estimate }) => estimate?.ageYears ?? null), needsEstimate: true },
  { ...pixelDial('sex', 'sex', [0.05, 0.95], 'female to male', ({ estimate }) => estimate?.male ?? null), needsEstimate: true },
  colourDial('skin tone', 'skinColour', 'skin', [182, 148, 118], [100, 68, 50]),
  colourDial('hair colour', 'hairColour', 'hair', [35, 30, 27], [160, 125, 80]),
  pixelDial('grey', 'grey', [0, 0.9], 'saturation of the hair', saturation),
  { ...pixelDial('beard', 'beard', ['none', 'full'], '% darker than the skin', beardShade), has: men },
  pixelDial('eye colour', 'eyeColour', ['brown', 'blue'], 'blue less red, 1/255', irisBlue),
  pixelDial('light', 'light', ['soft', 'window'], '% contrast of the skin', skinContrast),
  pixelDial('side of light', 'lightSide', [-0.3, 0.3], 'right less left', lightSide),
  colourDial('background', 'background', 'background', [60, 65, 70], [190, 190, 195]),
]

/** Readings by dial. */
export type Readings = Readonly<Record<string, number | null>>

/** Under which readings of photos are remembered; another version or other ends of a dial make them anew. */
export const READINGS_ID = `1 ${JSON.stringify(DIALS.map(({ id, from, to }) => [id, from, to]))}`

/** What all dials read off a picture. */
export const readAll = (picture: Picture): Readings => Object.fromEntries(DIALS.map((dial) => [dial.id, dial.read(picture)]))

/** How the reading differs between true photos whose own label is `to` and those whose label is `from`; `null` when too few have labels. */
export function readingOfPhotos(dial: Dial, photos: readonly { look: Look; reading: number }[]): number | null {
  const { from, to, field } = dial
  if (typeof to === 'string') {
    const withLabel = (value: LookValue) => photos.flatMap(({ look, reading }) => (look[field] === value ? [reading] : []))
    const [a, b] = [withLabel(from), withLabel(to)]
    return a.length > 1 && b.length > 1 ? mean(b) - mean(a) : null
  }
  const points = photos.flatMap(({ look, reading }) => {
    const label = look[field]
    if (typeof label === 'number') return [[label, reading] as const]
    return Array.isArray(label) ? [[between(label as unknown as Rgb, from as Rgb, to as Rgb), reading] as const] : []
  })
  const steps = typeof to === 'number' ? to - (from as number) : 1
  const perStep = points.length > 2 ? slope(points) : null
  return perStep === null ? null : perStep * steps
}
