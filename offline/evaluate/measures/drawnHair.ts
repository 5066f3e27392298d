/**
 * Drawn hair: does hair appear where it is drawn, and only there? A validation face is drawn as its contour alone, and again with the visible strands of its hair and
 * beard as lines, the look leaving hair style and beard open; a simple reader looks for hair on both faces.
 *
 * The reader goes by colour and place (`faces/masks`), as for photos without a mask. It is far from exact, so that its own figure on the true photos stands beside.
 */

import { squaredDistances } from '../../../src/faces/distanceTransform'
import type { Look } from '../../../src/faces/look'
import { REGION, regionMask } from '../../../src/faces/masks/regionMask'
import { storedPrior } from '../../../src/faces/masks/regionPrior'
import { lookOfPhoto } from '../../../src/faces/photoLook'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines } from '../../node/contour'
import { spread } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { readRegionMask } from '../../node/readRegionMask'
import { type Family, readValidationFamilies } from '../data/families'
import { luminance } from '../statistics/luminance'
import { mean, meanOrNull } from '../statistics/summary'
import { type Measure, notMeasured, type SheetRow, type Subject, show } from './measure'

const SIZE_PX = 256
const STRAND_WIDTH_PX = 2
/** What is drawn as hair covers so much round each strand; strands are a sample of a head of hair. */
const REACH_PX = 9
/** Fewer strands draw no hair. */
const LEAST_STRANDS = 8

/** Shares of the pixels inside and outside what is drawn as hair that are hair. */
export interface Coverage {
  readonly inside: number
  readonly outside: number
}

/** @param drawn 1 where hair is drawn. @param isHair of each pixel. Pixels of `face` count nowhere: hair may or may not hang over them. */
export function coverage(drawn: Uint8Array, isHair: (i: number) => boolean, isFace: (i: number) => boolean): Coverage {
  const counts = { inside: 0, insideHair: 0, outside: 0, outsideHair: 0 }
  for (let i = 0; i < drawn.length; i++) {
    if (isFace(i)) continue
    const side = drawn[i] === 1 ? 'inside' : 'outside'
    counts[side]++
    if (isHair(i)) counts[`${side}Hair`]++
  }
  return { inside: counts.insideHair / Math.max(1, counts.inside), outside: counts.outsideHair / Math.max(1, counts.outside) }
}

/** Flat x, y in 0–1 → lines of the sketch. */
function strandLines(strands: readonly (readonly number[])[]): number[][] {
  return strands.map((strand) =>
    strand.flatMap((x, i) => (i % 2 === 0 ? [x * SKETCH_SIZE_PX, (strand[i + 1] ?? 0) * SKETCH_SIZE_PX, STRAND_WIDTH_PX] : [])),
  )
}

/** 1 within `REACH_PX` of a strand. */
export function drawnArea(strands: readonly (readonly number[])[]): Uint8Array {
  const ink = new Uint8Array(SIZE_PX * SIZE_PX)
  for (const strand of strands) {
    for (let i = 0; i + 3 < strand.length; i += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = strand.slice(i, i + 4).map((value) => value * SIZE_PX)
      const steps = Math.ceil(2 * Math.hypot(bx - ax, by - ay)) + 1
      for (let n = 0; n <= steps; n++) {
        const [x, y] = [Math.floor(ax + (n / steps) * (bx - ax)), Math.floor(ay + (n / steps) * (by - ay))]
        if (x >= 0 && y >= 0 && x < SIZE_PX && y < SIZE_PX) ink[y * SIZE_PX + x] = 1
      }
    }
  }
  return Uint8Array.from(
    squaredDistances(SIZE_PX, (i) => ink[i] === 1),
    (squared) => (squared <= REACH_PX ** 2 ? 1 : 0),
  )
}

interface Sample {
  readonly withLines: Coverage
  readonly without: Coverage
  /** The reader on the true photo, and the photo's own mask. */
  readonly photo: Coverage
  readonly truth: Coverage
  /** Overlap of what the reader finds on the photo with the mask: intersection over union. */
  readonly reader: number
  /** How much darker the beard's area is with its lines, in 1/255; `null` without a beard. */
  readonly beard: number | null
}

export const drawnHair: Measure = {
  id: 'drawnHair',
  title: 'Drawn hair: does hair appear where it is drawn?',
  about:
    'Validation families drawn as a contour alone and with their visible strands of hair and beard as lines, hair style and beard left open in the look. Inside: share of the pixels near drawn strands (off the face) that a hair reader finds to be ' +
    `hair; outside: of all other pixels off the face. The reader goes by colour and place; its own figures on the true photos, and what the photos' masks say, stand beside. Beard: how much darker the area of drawn beard strands gets, in 1/255.`,
  references: ['true photo, same reader', 'true mask'],
  sheetColumns: ['contour', 'face', 'with strands', 'face', 'photo'],
  needsAnySketch: true,
  async run(subject) {
    const families = readValidationFamilies(subject.editsFolder).filter(({ strands }) => strands.hair.length >= LEAST_STRANDS)
    if (families.length === 0)
      return notMeasured(`There are no families with strands in ${subject.editsFolder}; name their folder with --edits.`)
    const chosen = subject.limit === null ? families : spread(families, subject.limit)
    const samples: Sample[] = []
    const sheet: SheetRow[] = []
    for (const [i, family] of chosen.entries()) {
      const { sample, row } = await sampleFamily(subject, family)
      samples.push(sample)
      sheet.push(row)
      subject.onProgress(i + 1, chosen.length)
    }
    return report(samples, sheet)
  },
}

async function sampleFamily(subject: Subject, family: Family): Promise<{ sample: Sample; row: SheetRow }> {
  const photo = readImage(family.photoPath)
  const { region } = readRegionMask(family.maskPath)
  const look: Look = { ...lookOfPhoto(photo, region, family.landmark68, family.attributes), hairStyle: null, beard: null }
  const contour = contourLines(family.landmark68)
  const strands = [...strandLines(family.strands.hair), ...strandLines(family.strands.beard)]
  const plain = await subject.draw({ name: family.name, lines: contour, look })
  const full = await subject.draw({ name: family.name, lines: [...contour, ...strands], look })
  const drawn = drawnArea(family.strands.hair)
  const isFace = (i: number): boolean =>
    [REGION.skin, REGION.nose, REGION.mouth, REGION.leftEye, REGION.rightEye].some((id) => id === region[i])
  const prior = storedPrior()
  const hairOn = (image: RgbaImage): ((i: number) => boolean) => {
    const mask = regionMask(resizeSquare(image, SIZE_PX), family.landmark68, prior)
    return (i) => mask[i] === REGION.hair
  }
  const onPhoto = hairOn(photo)
  const isTrue = (i: number): boolean => region[i] === REGION.hair
  const on = (isHair: (i: number) => boolean): Coverage => coverage(drawn, isHair, isFace)
  const sample: Sample = {
    withLines: on(hairOn(full.generated)),
    without: on(hairOn(plain.generated)),
    photo: on(onPhoto),
    truth: on(isTrue),
    reader: overlap(onPhoto, isTrue),
    beard: family.strands.beard.length > 0 ? darkening(plain.generated, full.generated, drawnArea(family.strands.beard)) : null,
  }
  return { sample, row: [plain.sketch, plain.generated, full.sketch, full.generated, photo] }
}

function overlap(a: (i: number) => boolean, b: (i: number) => boolean): number {
  let [both, either] = [0, 0]
  for (let i = 0; i < SIZE_PX * SIZE_PX; i++) {
    if (a(i) && b(i)) both++
    if (a(i) || b(i)) either++
  }
  return both / Math.max(1, either)
}

function darkening(before: RgbaImage, after: RgbaImage, area: Uint8Array): number {
  const [old, now] = [luminance(resizeSquare(before, SIZE_PX)), luminance(resizeSquare(after, SIZE_PX))]
  const changes = [...area].flatMap((inside, i) => (inside === 1 ? [(old[i] ?? 0) - (now[i] ?? 0)] : []))
  return mean(changes)
}

function report(samples: readonly Sample[], sheet: readonly SheetRow[]) {
  const of = (key: 'withLines' | 'without' | 'photo' | 'truth', side: keyof Coverage): number =>
    mean(samples.map((sample) => sample[key][side]))
  const both = (key: 'withLines' | 'without' | 'photo' | 'truth') => ({ inside: of(key, 'inside'), outside: of(key, 'outside') })
  const [withLines, without, photo, truth] = [both('withLines'), both('without'), both('photo'), both('truth')]
  const reader = mean(samples.map((sample) => sample.reader))
  const beards = samples.flatMap(({ beard }) => (beard === null ? [] : [beard]))
  const row = (label: string, value: number, side: keyof Coverage) => ({
    label,
    value: show(value),
    references: [show(photo[side]), show(truth[side])],
  })
  return {
    figures: {
      faces: samples.length,
      withLines,
      without,
      photo,
      truth,
      readerOverlap: reader,
      beard: { faces: beards.length, darker: meanOrNull(beards) },
    },
    rows: [
      row('hair inside drawn hair, with lines', withLines.inside, 'inside'),
      row('the same place, contour alone', without.inside, 'inside'),
      row('hair outside it, with lines', withLines.outside, 'outside'),
      row('outside, contour alone', without.outside, 'outside'),
      { label: `drawn beards darker, 1/255 (${beards.length} faces)`, value: show(meanOrNull(beards), 1), references: ['', ''] },
    ],
    remarks: [`The reader's own hair on the true photos overlaps with their masks by ${show(reader)} (intersection over union).`],
    sheet,
  }
}
