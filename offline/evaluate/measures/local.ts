/**
 * Local: one part's landmarks of face A are replaced by face B's; what changes inside the part's region, and what outside it? Plain, and with the
 * instance norms' statistics of A's face held (thesis, section on removed norms: M1 none, ours two, M2 five).
 */

import type { Landmarks68 } from '../../../src/faces/landmarks'
import { pointAt } from '../../../src/faces/landmarks'
import { changeReport } from '../../../src/faces/locality'
import { CONTOUR_LINES, type MeanFacePart } from '../../../src/faces/parts'
import { editRegion } from '../../../src/faces/regions'
import type { PartLine } from '../../../src/faces/standIns'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { contourLines } from '../../node/contour'
import type { AnnotatedFace } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import { FIGURE_PARTS } from '../../node/landmarkError'
import { warpedPhoto } from '../data/thinPlateWarp'
import { mean } from '../statistics/summary'
import { EXACT } from '../subject'
import { type Measure, type SheetRow, type Subject, show } from './measure'

const PAIRS = 20
/** Pairs on the sheet, a row for each part. */
const SHEET_PAIRS = 2
/** Steps from a face to its partner; one more in every further round, so that pairs differ also when there are fewer faces than pairs. */
const FIRST_STRIDE = 7

export const EXCHANGED: Readonly<Record<'mouth' | 'nose' | 'eyes' | 'brows', readonly MeanFacePart[]>> = {
  mouth: ['mouth'],
  nose: ['nose'],
  eyes: ['leftEye', 'rightEye'],
  brows: ['leftBrow', 'rightBrow'],
}
type Exchanged = keyof typeof EXCHANGED
const EXCHANGED_IDS = Object.keys(EXCHANGED) as Exchanged[]

/** Mean absolute change in 1/255. */
interface Change {
  inside: number
  outside: number
}
type Mode = 'plain' | 'held' | 'warpedPhoto'
type Changes = Record<Mode, Change[]>

/** The landmarks of `a` with one part of `b`, where and as `b` has it. */
export function exchange(a: Landmarks68, b: Landmarks68, part: Exchanged): Landmarks68 {
  const [first, last] = FIGURE_PARTS[part]
  return a.map((point, i) => (i >= first && i <= last ? pointAt(b, i) : point))
}

export const local: Measure = {
  id: 'local',
  title: 'Local: what else changes when one part is replaced?',
  about:
    `The mouth, nose, eyes or brows of one validation face are replaced by another's (${PAIRS} pairs each), every line meant exactly. Mean absolute change of the face in 1/255 inside the part's ` +
    "region (its hull before and after, dilated by 12 px at 256) and outside it, in plain mode and with the instance norms' statistics of the first face held. A model that " +
    'reacts weakly changes little anywhere, so models are compared by outside / inside, the change outside at equal change inside. Reference: the true photo warped by the same exchange, ' +
    'which shows how much a region has to change.',
  references: ['true photo, warped'],
  sheetColumns: ['face', 'plain', 'statistics held'],
  needsAnySketch: true,
  async run(subject) {
    const pairs = pairsOf(subject.faces, PAIRS)
    const changes = new Map(EXCHANGED_IDS.map((part) => [part, { plain: [], held: [], warpedPhoto: [] } as Changes]))
    const sheet: SheetRow[] = []
    // Parts within pairs: the statistics of a pair's first face serve all four.
    for (const [i, [a, b]] of pairs.entries()) {
      for (const [part, own] of changes) {
        const row = await samplePair(subject, a, b, part, own)
        if (i < SHEET_PAIRS) sheet.push(row)
      }
      subject.onProgress(i + 1, pairs.length)
    }
    return { ...report(changes, pairs.length), sheet }
  },
}

/** Each face with one some places further on. */
export function pairsOf<T>(faces: readonly T[], count: number): (readonly [T, T])[] {
  if (faces.length < 2) return []
  return Array.from({ length: count }, (_, k) => {
    const stride = 1 + ((FIRST_STRIDE - 1 + Math.floor(k / faces.length)) % (faces.length - 1))
    return [faces[k % faces.length] as T, faces[(k + stride) % faces.length] as T] as const
  })
}

async function samplePair(subject: Subject, a: AnnotatedFace, b: AnnotatedFace, part: Exchanged, into: Changes) {
  const { sizePx } = subject.source
  const after = exchange(a.landmark68, b.landmark68, part)
  const region = editRegion(partLines(a.landmark68), partLines(after), EXCHANGED[part], sizePx)
  const base = (await subject.ownFace(a))?.generated as RgbaImage
  const hold = { id: `own ${a.name}`, lines: contourLines(a.landmark68) }
  const drawing = { name: a.name, lines: contourLines(after), tolerance: EXACT }
  const plain = (await subject.draw(drawing)).generated
  const held = (await subject.draw({ ...drawing, hold })).generated
  const photo = resizeSquare(readImage(a.photoPath), sizePx)
  into.plain.push(change(base, plain, region))
  into.held.push(change(base, held, region))
  into.warpedPhoto.push(change(photo, warpedPhoto(photo, a.landmark68, after), region))
  return [base, plain, held]
}

function change(before: RgbaImage, after: RgbaImage, region: Uint8ClampedArray): Change {
  const { meanInside, meanOutside } = changeReport(clamped(before), clamped(after), region)
  return { inside: meanInside, outside: meanOutside }
}

const clamped = ({ data }: RgbaImage): Uint8ClampedArray =>
  data instanceof Uint8ClampedArray ? data : new Uint8ClampedArray(data.buffer, data.byteOffset, data.length)

/** The contour as strokes of parts, as the studio's edit regions take them. */
function partLines(landmark68: Landmarks68): PartLine[] {
  return contourLines(landmark68).map((line, i) => ({
    part: CONTOUR_LINES[i]?.part ?? 'jaw',
    points: line.map((value, k) => (k % 3 === 2 ? 0.5 : value)),
  }))
}

const average = (changes: readonly Change[]): Change => ({
  inside: mean(changes.map(({ inside }) => inside)),
  outside: mean(changes.map(({ outside }) => outside)),
})

function report(changes: ReadonlyMap<Exchanged, Changes>, pairs: number) {
  const over = (mode: Mode, parts: readonly Exchanged[]) => average(parts.flatMap((part) => changes.get(part)?.[mode] ?? []))
  const figure = (parts: readonly Exchanged[]) => {
    const [plain, held, warped] = [over('plain', parts), over('held', parts), over('warpedPhoto', parts)]
    return { plain, held, warpedPhoto: warped, ratioPlain: plain.outside / plain.inside, ratioHeld: held.outside / held.inside }
  }
  const all = figure(EXCHANGED_IDS)
  const parts = Object.fromEntries(EXCHANGED_IDS.map((part) => [part, figure([part])]))
  const both = ({ inside, outside }: Change) => `${show(outside)} · ${show(inside, 1)}`
  const worst = Math.max(...[...changes.values()].flatMap(({ held }) => held.map(({ outside }) => outside)))
  return {
    figures: { pairs, unit: '1/255', all, parts, worstHeldOutside: worst },
    rows: [
      { label: 'plain: outside · inside', value: both(all.plain), references: [both(all.warpedPhoto)] },
      ...EXCHANGED_IDS.map((part) => ({
        label: `plain, ${part}: outside · inside`,
        value: both((parts[part] ?? all).plain),
        references: [both((parts[part] ?? all).warpedPhoto)],
      })),
      { label: 'plain: outside / inside', value: show(all.ratioPlain, 3), references: [''] },
      { label: 'statistics held: outside · inside', value: both(all.held), references: [''] },
      ...EXCHANGED_IDS.map((part) => ({
        label: `statistics held, ${part}: outside · inside`,
        value: both((parts[part] ?? all).held),
        references: [''],
      })),
      { label: 'statistics held: outside / inside', value: show(all.ratioHeld, 3), references: [''] },
      { label: 'statistics held: largest outside', value: show(worst), references: [''] },
    ],
    remarks: [],
  }
}
