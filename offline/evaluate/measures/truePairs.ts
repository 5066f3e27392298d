/**
 * True pairs: when one part of a person truly changes, how much of that change does the generated face show? Each validation family has a photo of a person and
 * photos of the same person with one part given another shape or expression; faces are generated from the contours of both, with one look, and the change
 * between the two generated faces is regressed on the change between the two photos, inside the part.
 *
 * Unlike landmarks this sees what lines cannot say by themselves and a face still has to show: teeth in an opened mouth, the fold beside a smile, a lid's shadow.
 */

import { changeReport } from '../../../src/faces/locality'
import { CONTOUR_LINES, type MeanFacePart } from '../../../src/faces/parts'
import { lookOfPhoto } from '../../../src/faces/photoLook'
import { editRegion } from '../../../src/faces/regions'
import type { PartLine } from '../../../src/faces/standIns'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { contourLines } from '../../node/contour'
import { spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { readRegionMask } from '../../node/readRegionMask'
import { EDITED_PARTS, type EditedPart, type Family, type FamilyPicture, readValidationFamilies, type TrueEdit } from '../data/families'
import { warpedPhoto } from '../data/thinPlateWarp'
import { blurredChange } from '../statistics/luminance'
import { mean, meanOrNull } from '../statistics/summary'
import { EXACT } from '../subject'
import { meanShift } from './landmarkShift'
import { type Measure, type MeasureResult, notMeasured, type SheetRow, type Subject, show, type TableRow } from './measure'

/** Pictures are compared at this size. */
const SIZE_PX = 256
const BLUR_PX = 1.5
/** A change that moves the part's landmarks by less than this (in % of the eye distance, on average) is one that no contour can say. */
const LEAST_SHIFT = 0.4

const STROKES_OF: Readonly<Record<EditedPart, readonly MeanFacePart[]>> = {
  mouth: ['mouth'],
  eyes: ['leftEye', 'rightEye'],
  nose: ['nose'],
  brows: ['leftBrow', 'rightBrow'],
  jaw: ['jaw'],
}
const LANDMARKS_OF: Readonly<Record<EditedPart, readonly [number, number]>> = {
  jaw: [0, 16],
  brows: [17, 26],
  nose: [27, 35],
  eyes: [36, 47],
  mouth: [48, 67],
}

/** What one change of pictures has to do with the change of the photos, inside the part and outside it. */
export interface ChangeSample {
  readonly part: EditedPart
  readonly how: string
  /** Sums over the pixels inside the part of made · true, true², made², in luminance. */
  readonly cross: number
  readonly truth: number
  readonly made: number
  /** Mean absolute change outside, in 1/255. */
  readonly outside: number
}

export interface ChangeFigure {
  readonly pairs: number
  /** Slope of the made change over the true one, through the origin: 1 shows all of it, 0 nothing. */
  readonly followed: number
  /** Their correlation: how much of the made change is of the right kind. */
  readonly correlation: number
  readonly outside: number
}

/** The figure over pairs, each pixel counting the same; `null` for no pairs. */
export function changeFigure(samples: readonly ChangeSample[]): ChangeFigure | null {
  if (samples.length === 0) return null
  const sum = (of: (sample: ChangeSample) => number): number => samples.reduce((total, sample) => total + of(sample), 0)
  const [cross, truth, made] = [sum(({ cross }) => cross), sum(({ truth }) => truth), sum(({ made }) => made)]
  return {
    pairs: samples.length,
    followed: cross / truth,
    correlation: made > 0 ? cross / Math.sqrt(truth * made) : 0,
    outside: mean(samples.map(({ outside }) => outside)),
  }
}

interface Pair {
  readonly before: RgbaImage
  readonly after: RgbaImage
}

/** @param region `[SIZE_PX²]`, 255 inside the part */
export function changeSample(
  { part, how }: Pick<TrueEdit, 'part' | 'how'>,
  photos: Pair,
  made: Pair,
  region: Uint8ClampedArray,
): ChangeSample {
  const trueChange = blurredChange(photos.before, photos.after, BLUR_PX)
  const madeChange = blurredChange(made.before, made.after, BLUR_PX)
  const sums = { cross: 0, truth: 0, made: 0 }
  for (const [i, inside] of region.entries()) {
    if (inside === 0) continue
    const [t, m] = [trueChange[i] ?? 0, madeChange[i] ?? 0]
    sums.cross += t * m
    sums.truth += t * t
    sums.made += m * m
  }
  const outside = changeReport(clamped(made.before), clamped(made.after), region).meanOutside
  return { part, how, ...sums, outside }
}

const clamped = ({ data }: RgbaImage): Uint8ClampedArray => (data instanceof Uint8ClampedArray ? data : new Uint8ClampedArray(data))

/** Where the edit may show, as the studio counts it. */
export function regionOf(before: FamilyPicture, { part, landmark68 }: TrueEdit): Uint8ClampedArray {
  return editRegion(strokesOf(before.landmark68), strokesOf(landmark68), STROKES_OF[part], SIZE_PX)
}

function strokesOf(landmark68: FamilyPicture['landmark68']): PartLine[] {
  return contourLines(landmark68).map((line, i) => ({ part: CONTOUR_LINES[i]?.part ?? 'other', points: line }))
}

export const truePairs: Measure = {
  id: 'truePairs',
  title: 'True pairs: how much of a true change of one part does the face show?',
  about:
    'Photos (renderings, validation families) of a person before and after one part has got another shape or expression; faces are generated from the two contours with one look, every line meant ' +
    `exactly, in plain mode and with the rest held. Followed: the slope of the generated change over the photos' change, in luminance blurred by ${BLUR_PX} px, over the pixels of the edited part (1 all of it, 0 nothing); in brackets their ` +
    'correlation; then the mean change outside the part in 1/255. Beside it the photo before, warped to the landmarks after: what moving the picture about can show, without teeth or folds. Changes that no contour says ' +
    `(landmarks of the part move less than ${LEAST_SHIFT} % of the eye distance) are left out.`,
  references: ['true photo, warped'],
  sheetColumns: ['contour before', 'contour after', 'face before', 'face after', 'photo before', 'photo after'],
  needsAnySketch: true,
  async run(subject) {
    const families = readValidationFamilies(subject.editsFolder)
    if (families.length === 0) return notMeasured(`There are no families in ${subject.editsFolder}; name their folder with --edits.`)
    const chosen = subject.limit === null ? families : spread(families, subject.limit)
    const found: Found = { plain: [], held: [], warped: [], silent: 0, sheet: [] }
    for (const [i, family] of chosen.entries()) {
      await sampleFamily(subject, family, found)
      subject.onProgress(i + 1, chosen.length)
    }
    return report(found)
  },
}

interface Found {
  readonly plain: ChangeSample[]
  readonly held: ChangeSample[]
  readonly warped: ChangeSample[]
  readonly sheet: SheetRow[]
  /** Pairs whose contours say no change. */
  silent: number
}

async function sampleFamily(subject: Subject, family: Family, found: Found): Promise<void> {
  const photo = readImage(family.photoPath)
  const look = lookOfPhoto(photo, readRegionMask(family.maskPath).region, family.landmark68, family.attributes)
  const lines = contourLines(family.landmark68)
  const before = await subject.draw({ name: family.name, lines, look, tolerance: EXACT })
  for (const edit of family.edits) {
    if (isSilent(family, edit)) {
      found.silent++
      continue
    }
    const region = regionOf(family, edit)
    const photos: Pair = { before: sized(photo), after: sized(readImage(edit.photoPath)) }
    const madeFrom = async (hold: boolean): Promise<{ sketch: RgbaImage; generated: RgbaImage }> =>
      subject.draw({
        ...{ name: edit.name, lines: contourLines(edit.landmark68), look, tolerance: EXACT },
        ...(hold ? { hold: { id: family.name, lines } } : {}),
      })
    const plain = await madeFrom(false)
    const sample = (after: RgbaImage): ChangeSample =>
      changeSample(edit, photos, { before: sized(before.generated), after: sized(after) }, region)
    found.plain.push(sample(plain.generated))
    found.held.push(sample((await madeFrom(true)).generated))
    const warped = warpedPhoto(photos.before, family.landmark68, edit.landmark68)
    found.warped.push(changeSample(edit, photos, { before: photos.before, after: warped }, region))
    found.sheet.push([before.sketch, plain.sketch, before.generated, plain.generated, photos.before, photos.after])
  }
}

const sized = (image: RgbaImage): RgbaImage => resizeSquare(image, SIZE_PX)

function isSilent(before: FamilyPicture, { part, landmark68 }: TrueEdit): boolean {
  const [first, last] = LANDMARKS_OF[part]
  const ofPart = (landmarks: FamilyPicture['landmark68']) => landmarks.slice(first, last + 1)
  return meanShift(ofPart(before.landmark68), ofPart(landmark68), before.landmark68) < LEAST_SHIFT
}

function report({ plain, held, warped, silent, sheet }: Found): MeasureResult {
  const parts = EDITED_PARTS.map((part) => {
    const of = (samples: readonly ChangeSample[]) => changeFigure(samples.filter((sample) => sample.part === part))
    return { part, plain: of(plain), held: of(held), warped: of(warped) }
  })
  const average = (kind: 'plain' | 'held' | 'warped') => averageOf(parts.map((part) => part[kind]))
  const averages = { plain: average('plain'), held: average('held'), warped: average('warped') }
  const hows = [...new Set(plain.map(({ part, how }) => `${part}, ${how}`))].sort().map((id) => {
    const of = (samples: readonly ChangeSample[]) => changeFigure(samples.filter(({ part, how }) => `${part}, ${how}` === id))
    return { id, plain: of(plain), warped: of(warped) }
  })
  const rowsOf = (label: string, of: { plain: Shown; held: Shown; warped: Shown }): TableRow[] => [
    { label: `${label}: followed`, value: shown(of.plain), references: [shown(of.warped)] },
    { label: `${label}, rest held`, value: shown(of.held), references: [''] },
  ]
  return {
    figures: { average: averages, parts: Object.fromEntries(parts.map(({ part, ...figures }) => [part, figures])), hows, silent },
    rows: [...parts.flatMap(({ part, ...figures }) => rowsOf(part, figures)), ...rowsOf('average of the parts', averages)],
    remarks: [`${plain.length} pairs; ${silent} more change what no contour says.`],
    sheet,
  }
}

type Shown = Pick<ChangeFigure, 'followed' | 'correlation' | 'outside'> | null

/** Every part counts the same. */
function averageOf(figures: readonly (ChangeFigure | null)[]): Shown {
  const known = figures.filter((figure) => figure !== null)
  const of = (key: keyof NonNullable<Shown>) => meanOrNull(known.map((figure) => figure[key]))
  const [followed, correlation, outside] = [of('followed'), of('correlation'), of('outside')]
  return followed === null || correlation === null || outside === null ? null : { followed, correlation, outside }
}

const shown = (figure: Shown): string =>
  figure ? `${show(figure.followed)} (${show(figure.correlation)}), outside ${show(figure.outside)}` : show(null)
