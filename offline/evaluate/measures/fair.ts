/** Fair: the same figures for women and men, young and old, light and dark skin. The people are synthetic, and so are their labels. */

import type { Landmarks68 } from '../../../src/faces/landmarks'
import type { AnnotatedFace, Person } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { faceError } from '../../node/landmarkError'
import { colourDifference, meanColour, regionsOf } from '../data/regions'
import { meanOrNull, standardError } from '../statistics/summary'
import { type Measure, type Subject, show, showShare, type TableRow } from './measure'

export interface Group {
  id: string
  division: 'sex' | 'age' | 'skin tone'
  has(person: Person): boolean
}

const between = (value: number | null, from: number, to: number): boolean => value !== null && value >= from && value < to

export const GROUPS: readonly Group[] = [
  { id: 'women', division: 'sex', has: ({ male }) => between(male, 0, 0.5) },
  { id: 'men', division: 'sex', has: ({ male }) => between(male, 0.5, 1.01) },
  { id: 'under 30', division: 'age', has: ({ ageYears }) => between(ageYears, 0, 30) },
  { id: '30 to 50', division: 'age', has: ({ ageYears }) => between(ageYears, 30, 51) },
  { id: 'over 50', division: 'age', has: ({ ageYears }) => between(ageYears, 51, 200) },
  { id: 'light skin', division: 'skin tone', has: ({ skinTone }) => between(skinTone, 0, 1) },
  { id: 'medium skin', division: 'skin tone', has: ({ skinTone }) => between(skinTone, 1, 2.5) },
  { id: 'dark skin', division: 'skin tone', has: ({ skinTone }) => between(skinTone, 2.5, 5) },
]
const DIVISIONS = ['sex', 'age', 'skin tone'] as const

/** What was measured of one face; `null` where it could not be. */
export interface FairSample {
  person: Person
  found: boolean
  /** Landmark error in % of the eye distance, of the generated face and of the true photo. */
  error: number | null
  photoError: number | null
  /** Difference of the skin's mean colour to the photo's, ΔE. */
  skin: number | null
}

export interface GroupFigure {
  id: string
  division: Group['division']
  faces: number
  found: number
  error: number | null
  standardError: number | null
  photoError: number | null
  skin: number | null
  skinStandardError: number | null
}

const numbers = (values: readonly (number | null)[]): number[] => values.flatMap((value) => (value === null ? [] : [value]))

export function groupFigures(samples: readonly FairSample[]): GroupFigure[] {
  return GROUPS.map(({ id, division, has }) => {
    const own = samples.filter(({ person }) => has(person))
    const errors = numbers(own.map(({ error }) => error))
    const skins = numbers(own.map(({ skin }) => skin))
    return {
      id,
      division,
      faces: own.length,
      found: own.filter(({ found }) => found).length,
      error: meanOrNull(errors),
      standardError: errors.length > 1 ? standardError(errors) : null,
      photoError: meanOrNull(numbers(own.map(({ photoError }) => photoError))),
      skin: meanOrNull(skins),
      skinStandardError: skins.length > 1 ? standardError(skins) : null,
    }
  })
}

/** Largest less smallest value among the groups of a division. */
export function spreadOf(
  groups: readonly GroupFigure[],
  division: Group['division'],
  of: (group: GroupFigure) => number | null,
): number | null {
  const values = numbers(groups.filter((group) => group.division === division).map(of))
  return values.length > 1 ? Math.max(...values) - Math.min(...values) : null
}

export const fair: Measure = {
  id: 'fair',
  title: 'Fair: the same for everybody?',
  about:
    'The faces of `faithful`, by sex, age and skin tone of the synthetic people (tone 0–4: light below 1, dark from 2.5). Error: landmarks against the contour in % of the eye distance. Skin: difference of the mean skin colour to the ' +
    "true photo's as CIE76 ΔE (2 is just seen, 10 is plainly another colour). Spread: largest less smallest group; with groups of this size, read it beside the standard errors. The reference is the same detector on the " +
    'true photos: where it is larger for a group, the detector is worse for that group.',
  references: ['true photos'],
  sheetColumns: [],
  needsAnySketch: false,
  async run(subject) {
    const samples: FairSample[] = []
    for (const [i, face] of subject.faces.entries()) {
      const sample = await sampleFace(subject, face)
      if (sample) samples.push(sample)
      subject.onProgress(i + 1, subject.faces.length)
    }
    const groups = groupFigures(samples)
    const spreads = DIVISIONS.map((division) => ({
      division,
      error: spreadOf(groups, division, ({ error }) => error),
      photoError: spreadOf(groups, division, ({ photoError }) => photoError),
      skin: spreadOf(groups, division, ({ skin }) => skin),
    }))
    return {
      figures: { groups, spreads },
      rows: [
        ...groups.map(groupRow),
        ...spreads.map(({ division, error, photoError, skin }) => ({
          label: `spread by ${division}: error; skin ΔE`,
          value: `${show(error)}; ${show(skin, 1)}`,
          references: [show(photoError)],
        })),
      ],
      remarks: [],
      sheet: [],
    }
  },
}

const groupRow = ({ id, faces, found, error, standardError, photoError, skin, skinStandardError }: GroupFigure): TableRow => ({
  label: `${id}: found; error; skin ΔE`,
  value: `${showShare(found, faces)}; ${show(error)} ± ${show(standardError)}; ${show(skin, 1)} ± ${show(skinStandardError, 1)}`,
  references: [show(photoError)],
})

async function sampleFace(subject: Subject, face: AnnotatedFace): Promise<FairSample | null> {
  const own = await subject.ownFace(face)
  if (!own) return null
  const onPhoto = await subject.photos.detectPhoto(face.photoPath)
  const errorOf = (detected: Landmarks68 | undefined) =>
    detected ? faceError({ annotated: face.landmark68, detected }, subject.offsets).average : null
  const regions = regionsOf(face)
  const skin = regions && meanColour(own.generated, regions.skin)
  const photoSkin = regions && meanColour(readImage(face.photoPath), regions.skin)
  return {
    person: face.person,
    found: own.detected !== null,
    error: errorOf(own.detected?.landmark68),
    photoError: errorOf(onPhoto?.landmark68),
    skin: skin && photoSkin && colourDifference(skin, photoSkin),
  }
}
