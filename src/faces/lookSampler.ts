/**
 * A plausible look at random, the same for the same seed: what goes together in people is drawn together. Grey comes with age, bald heads and beards with men, dark
 * eyes and hair with dark skin.
 *
 * Sources: the shares are the counts of the 1,202 synthetic training people (`shared/data/faces`, made by facesynth with its own joint distribution); colours are
 * the means of 300 of their pictures, as lit. They say what this model has learnt to draw, and nothing about people.
 */

import { mulberry32 } from '../shared/rng'
import type { Look, LookField, LookValue } from './look'

type Rgb = readonly [number, number, number]
/** Options with how often each is drawn, in any unit. */
type Shares = readonly (readonly [option: string, count: number])[]

const HAIR_STYLES: Readonly<Record<'woman' | 'man', Shares>> = {
  woman: [
    ['tied', 130],
    ['long', 111],
    ['longwavy', 94],
    ['bob', 90],
    ['afro', 52],
    ['medium', 34],
    ['bangs', 30],
    ['curlshort', 25],
    ['crop', 18],
    ['buzz', 12],
  ],
  man: [
    ['crop', 143],
    ['buzz', 127],
    ['sidepart', 102],
    ['quiff', 69],
    ['afro', 47],
    ['medium', 34],
    ['bald', 29],
    ['horseshoe', 22],
    ['fadecurl', 19],
    ['curlshort', 14],
  ],
}
/** Hair that only older men lose, and that only dark tight curls make. */
const FROM_AGE: Readonly<Record<string, number>> = { bald: 35, horseshoe: 45 }
const TIGHT_CURLS: ReadonlySet<string> = new Set(['afro', 'fadecurl'])
const BEARDS: Shares = [
  ['none', 276],
  ['stubble', 167],
  ['short', 93],
  ['full', 42],
  ['goatee', 28],
]
const LIGHTS: Shares = [
  ['studio', 532],
  ['window', 243],
  ['soft', 238],
  ['outdoor', 189],
]

/** By skin tone, light to dark. */
const TONES: readonly { readonly count: number; readonly skin: Rgb; readonly eyes: Shares; readonly hair: Shares }[] = [
  {
    count: 98,
    skin: [157, 131, 107],
    eyes: shares({ brown: 30, blue: 28, grey: 17, hazel: 12, green: 7, dark: 4 }),
    hair: shares({ dark: 29, brown: 28, light: 14, blond: 12, black: 12, red: 3 }),
  },
  {
    count: 665,
    skin: [159, 130, 104],
    eyes: shares({ brown: 276, blue: 139, green: 73, hazel: 70, grey: 55, dark: 52 }),
    hair: shares({ dark: 201, black: 178, brown: 123, light: 74, blond: 66, red: 23 }),
  },
  {
    count: 139,
    skin: [152, 122, 92],
    eyes: shares({ brown: 60, dark: 42, blue: 22, hazel: 5, green: 5, grey: 5 }),
    hair: shares({ black: 65, dark: 40, brown: 17, light: 8, blond: 5, red: 4 }),
  },
  { count: 200, skin: [138, 99, 72], eyes: shares({ brown: 135, dark: 65 }), hair: shares({ black: 138, dark: 58, brown: 4 }) },
  { count: 100, skin: [127, 89, 66], eyes: shares({ brown: 60, dark: 40 }), hair: shares({ black: 70, dark: 28, brown: 2 }) },
]
const HAIR_COLOURS: Readonly<Record<string, Rgb>> = {
  black: [50, 48, 46],
  dark: [63, 54, 49],
  brown: [71, 53, 41],
  light: [90, 68, 48],
  red: [94, 62, 47],
  blond: [119, 101, 77],
}
const GREY_HAIR: Rgb = [120, 119, 118]
/** Grey begins at about this age and is whole about so many years later, earlier for some than for others. */
const GREYING = { fromAge: 46, years: 22, spreadYears: 12 }
/** Standard deviation of skin on pictures of one tone. */
const SKIN_SPREAD = 8
const BACKGROUNDS: readonly Rgb[] = [
  [118, 124, 128],
  [150, 152, 150],
  [92, 98, 104],
  [134, 126, 116],
]

/** @returns a value for every field that it knows and that the model has; the others are left open */
export function sampleLook(fields: readonly LookField[], seed: number): Look {
  const random = mulberry32(seed)
  const isMan = random() < 0.5
  const age = Math.round(18 + 60 * random() ** 1.2)
  const tone = pick(
    TONES.map((each) => [each, each.count] as const),
    random(),
  )
  const darkness = TONES.indexOf(tone)
  const greyness = Math.min(1, Math.max(0, (age - GREYING.fromAge + GREYING.spreadYears * (random() - 0.5)) / GREYING.years))
  const styles = HAIR_STYLES[isMan ? 'man' : 'woman'].filter(
    ([style]) => age >= (FROM_AGE[style] ?? 0) && (darkness >= 2 || !TIGHT_CURLS.has(style)),
  )
  const shade = 2 * SKIN_SPREAD * (random() - 0.5)
  const natural = HAIR_COLOURS[pick(tone.hair, random())] ?? GREY_HAIR
  const values: Readonly<Record<string, LookValue>> = {
    sex: round((isMan ? 0.93 : 0.04) + 0.06 * (random() - 0.5)),
    age,
    skinColour: rgb(tone.skin, (channel) => channel + shade),
    hairColour: rgb(natural, (channel, i) => channel + greyness * ((GREY_HAIR[i] ?? 0) - channel)),
    grey: round(greyness),
    hairStyle: pick(styles, random()),
    beard: isMan ? pick(BEARDS, random()) : 'none',
    eyeColour: pick(tone.eyes, random()),
    light: pick(LIGHTS, random()),
    lightSide: round(0.4 * (random() - 0.5)),
    background: BACKGROUNDS[Math.floor(random() * BACKGROUNDS.length)] ?? [118, 124, 128],
  }
  return Object.fromEntries(fields.map((field) => [field.id, fitting(field, values[field.id])]))
}

/** What the model cannot take is left open. */
function fitting(field: LookField, value: LookValue | undefined): LookValue | null {
  if (value === undefined) return null
  if (field.kind === 'choice') return typeof value === 'string' && field.options.includes(value) ? value : null
  if (field.kind === 'scalar') return typeof value === 'number' ? Math.min(field.max, Math.max(field.min, value)) : null
  return typeof value === 'object' ? value : null
}

function shares(counts: Readonly<Record<string, number>>): Shares {
  return Object.entries(counts)
}

function pick<T>(options: readonly (readonly [T, number])[], random: number): T {
  let left = random * options.reduce((sum, [, count]) => sum + count, 0)
  for (const [option, count] of options) {
    left -= count
    if (left < 0) return option
  }
  const last = options.at(-1)
  if (!last) throw new RangeError('There is nothing to pick from.')
  return last[0]
}

const round = (value: number): number => Math.round(100 * Math.min(1, Math.max(-1, value))) / 100

function rgb(colour: Rgb, change: (channel: number, i: number) => number): Rgb {
  const [r, g, b] = colour.map((channel, i) => Math.round(Math.min(255, Math.max(0, change(channel, i)))))
  return [r ?? 0, g ?? 0, b ?? 0]
}
