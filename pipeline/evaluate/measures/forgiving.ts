/**
 * Forgiving: clumsy drawings should still give faces. Parts are left out at random without stand-ins, and the jaw is drawn with a wobble of growing strength;
 * for the wobble it is also measured how far the face's jaw goes along, and whether a tolerance for the jaw keeps it from doing so.
 */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { CONTOUR_LINES, MEAN_FACE_PARTS } from '../../../src/faces/parts'
import type { Tolerance } from '../../../src/faces/tolerance'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines } from '../contour'
import { type AnnotatedFace, spread } from '../data/faceSet'
import { warpedPhoto } from '../data/thinPlateWarp'
import type { Detection } from '../landmarks/detector'
import { FIGURE_PARTS } from '../landmarks/landmark68'
import { draw, normal, randomFor } from '../statistics/random'
import { EXACT } from '../subject'
import { type Shift, shareFollowed } from './landmarkShift'
import { type Measure, type SheetRow, type Subject, show, type TableRow } from './measure'
import { type FoundFigure, foundFigure, foundOnPhotos, outcomeOf, showFound } from './sketchOutcome'

const DROP_FACES = 24
const WOBBLE_FACES = 8
/** Parts left out of the seven. */
const DROPPED = [1, 2, 3]
/** Deviation of the jaw line on each axis, in sketch pixels. */
export const WOBBLES_PX = [5, 10, 20]
/** The wobble is smooth over this many landmarks. */
const SMOOTHNESS = 2

/** A face's contour without some of its parts. */
export function withDroppedParts(landmark68: Landmarks68, count: number, random: () => number): InkLine[] {
  const dropped = draw(MEAN_FACE_PARTS, count, random)
  return contourLines(landmark68).filter((_, i) => !dropped.includes(CONTOUR_LINES[i]?.part ?? 'jaw'))
}

/** The landmarks with a jaw that strays smoothly by `strengthPx` (root mean square on each axis, at 512). */
export function wobbledJaw(landmark68: Landmarks68, strengthPx: number, random: () => number): Landmarks68 {
  const count = FIGURE_PARTS.jaw[1] + 1
  const axis = (): number[] => {
    const noise = Array.from({ length: count }, () => normal(random))
    const smooth = noise.map((_, i) => noise.reduce((sum, value, k) => sum + value * Math.exp(-((i - k) ** 2) / (2 * SMOOTHNESS ** 2)), 0))
    const strength = Math.sqrt(smooth.reduce((sum, value) => sum + value ** 2, 0) / count)
    return smooth.map((value) => (value * strengthPx) / SKETCH_SIZE_PX / strength)
  }
  const [dx, dy] = [axis(), axis()]
  return landmark68.map(([x, y], i) => (i < count ? ([x + (dx[i] as number), y + (dy[i] as number)] as const) : ([x, y] as const)))
}

/** The tolerances that the wobble is drawn with; a model without a tolerance map has only the first. */
function tolerancesOf(own: Tolerance | null): readonly { id: string; tolerance: Tolerance }[] {
  const exact = { id: 'exact', tolerance: EXACT }
  return own ? [exact, { id: "the model's own", tolerance: own }, { id: 'jaw 1', tolerance: { ...own, jaw: 1 } }] : [exact]
}

export const forgiving: Measure = {
  id: 'forgiving',
  title: 'Forgiving: does a face come out of a clumsy drawing?',
  about:
    'Parts left out: one to three of the seven parts of a validation face are dropped at random, with nothing standing in for them. Jaw wobble: the jaw line strays smoothly by 5, 10 or 20 px (root mean square on each axis, at ' +
    '512). Counted: pictures in which the detector finds exactly one face; in brackets its mean certainty. Jaw goes along: the share of the wobble that the jaw of the face shows (1 all, 0 none), drawn with every line meant ' +
    "exactly, with the model's own tolerance, and with tolerance 1 for the jaw. A faithful model goes along when lines are meant exactly, a forgiving one does not when they are not. Reference: true photos, and the true photo warped by the same wobble.",
  references: ['true photo'],
  sheetColumns: [
    'face',
    ...WOBBLES_PX.flatMap((px) => [`sketch, jaw off by ${px} px`, 'its face, lines meant exactly', 'its face, jaw tolerance 1']),
  ],
  needsAnySketch: true,
  async run(subject) {
    const photos = await foundOnPhotos(subject, subject.faces)
    const dropped = await dropParts(subject)
    const sheet: SheetRow[] = []
    const wobbles = await wobbleJaws(subject, sheet)
    return {
      figures: { dropped, wobbles, photos },
      rows: [
        { label: 'parts left out: one face (certainty)', value: showFound(dropped), references: [showFound(photos)] },
        ...wobbles.flatMap((wobble) => wobbleRows(wobble)),
      ],
      remarks: subject.source.tolerance ? [] : ['Reads the sketch alone: there is no tolerance to give.'],
      sheet,
    }
  },
}

async function dropParts(subject: Subject): Promise<FoundFigure> {
  const detections: (Detection | null)[] = []
  for (const { name, landmark68 } of spread(subject.faces, DROP_FACES)) {
    const random = randomFor(`${name} dropped parts`)
    const count = draw(DROPPED, 1, random)[0] ?? 1
    detections.push((await outcomeOf(subject, { name, lines: withDroppedParts(landmark68, count, random) })).detected)
  }
  return foundFigure(detections)
}

interface WobbleFigure {
  strengthPx: number
  /** With the model's own tolerance. */
  found: FoundFigure
  /** Share of the wobble that the jaw shows, for each tolerance. */
  followed: Record<string, number | null>
  warpedPhotos: number | null
}

async function wobbleJaws(subject: Subject, sheet: SheetRow[]): Promise<WobbleFigure[]> {
  const faces = spread(subject.faces, WOBBLE_FACES)
  const tolerances = tolerancesOf(subject.source.tolerance)
  const rows = new Map(faces.map(({ name }) => [name, [] as SheetRow[number][]]))
  const figures: WobbleFigure[] = []
  const before = new Map<string, Detection | null>()
  for (const [i, strengthPx] of WOBBLES_PX.entries()) {
    const shifts = new Map(tolerances.map(({ id }) => [id, [] as Shift[]]))
    const onPhotos: Shift[] = []
    const found: (Detection | null)[] = []
    for (const face of faces) {
      const drawnAfter = wobbledJaw(face.landmark68, strengthPx, randomFor(`${face.name} jaw`))
      await addPhotoShift(subject, face, drawnAfter, onPhotos)
      for (const [k, { id, tolerance }] of tolerances.entries()) {
        const seenBefore = await plainFace(subject, face, tolerance, before)
        const { detected, sheetRow } = await outcomeOf(subject, { name: face.name, lines: contourLines(drawnAfter), tolerance })
        addShift(shifts.get(id) ?? [], face.landmark68, drawnAfter, seenBefore, detected)
        if (k === Math.min(1, tolerances.length - 1)) found.push(detected)
        if (k === 0) rows.get(face.name)?.push(...sheetRow)
        if (k === tolerances.length - 1) rows.get(face.name)?.push(sheetRow[1] as SheetRow[number])
      }
    }
    const followed = Object.fromEntries([...shifts].map(([id, own]) => [id, shareOrNull(own)]))
    figures.push({ strengthPx, found: foundFigure(found), followed, warpedPhotos: shareOrNull(onPhotos) })
    subject.onProgress(i + 1, WOBBLES_PX.length)
  }
  for (const face of faces)
    sheet.push([
      ...((await subject.ownFace(face)) ? [(await subject.ownFace(face))?.generated as SheetRow[number]] : []),
      ...(rows.get(face.name) ?? []),
    ])
  return figures
}

const shareOrNull = (shifts: readonly Shift[]): number | null => (shifts.length > 0 ? shareFollowed(shifts, FIGURE_PARTS.jaw) : null)

/** What is seen of a face drawn in full with this tolerance. */
async function plainFace(subject: Subject, face: AnnotatedFace, tolerance: Tolerance, known: Map<string, Detection | null>) {
  if (tolerance === EXACT) return (await subject.ownFace(face))?.detected ?? null
  const key = `${face.name} ${JSON.stringify(tolerance)}`
  const seen = known.get(key)
  if (seen !== undefined) return seen
  const { detected } = await outcomeOf(subject, { name: face.name, lines: contourLines(face.landmark68), tolerance })
  known.set(key, detected)
  return detected
}

async function addPhotoShift({ photos }: Subject, { photoPath, landmark68 }: AnnotatedFace, drawnAfter: Landmarks68, shifts: Shift[]) {
  const before = await photos.detectPhoto(photoPath)
  const change = `jaw ${drawnAfter.slice(0, 17).map(([x, y]) => `${x.toFixed(4)} ${y.toFixed(4)}`)}`
  const after = await photos.detectChanged(photoPath, change, (photo) => warpedPhoto(photo, landmark68, drawnAfter))
  addShift(shifts, landmark68, drawnAfter, before, after)
}

function addShift(
  shifts: Shift[],
  drawnBefore: Landmarks68,
  drawnAfter: Landmarks68,
  before: Detection | null,
  after: Detection | null,
): void {
  if (before && after) shifts.push({ drawnBefore, drawnAfter, seenBefore: before.landmark68, seenAfter: after.landmark68 })
}

function wobbleRows({ strengthPx, found, followed, warpedPhotos }: WobbleFigure): TableRow[] {
  const what = `jaw off by ${strengthPx} px`
  return [
    { label: `${what}: one face (certainty)`, value: showFound(found), references: [''] },
    {
      label: `${what}: jaw goes along (exact · own · 1)`,
      value: Object.values(followed)
        .map((share) => show(share))
        .join(' · '),
      references: [show(warpedPhotos)],
    },
  ]
}
