/**
 * Forgiving: clumsy drawings should still give faces. Parts are left out at random without stand-ins, and the jaw is drawn with a wobble of growing strength;
 * for the wobble it is also measured how far the face's jaw goes along, and whether a tolerance for the jaw keeps it from doing so.
 */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { CONTOUR_LINES, MEAN_FACE_PARTS } from '../../../src/faces/parts'
import type { Tolerance } from '../../../src/faces/tolerance'
import type { RgbaImage } from '../../../src/shared/image'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines } from '../../node/contour'
import type { Detection } from '../../node/detector'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { FIGURE_PARTS } from '../../node/landmarkError'
import { WARP_ID, warpedPhoto } from '../data/thinPlateWarp'
import { draw, normal, randomFor } from '../statistics/random'
import { EXACT } from '../subject'
import { type Shift, shareFollowed } from './landmarkShift'
import { type Measure, type OwnFace, type SheetRow, type Subject, show, type TableRow } from './measure'
import { type FoundFigure, foundFigure, foundOnPhotos, outcomeOf, type SketchOutcome, showFound } from './sketchOutcome'

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

interface NamedTolerance {
  id: string
  tolerance: Tolerance
}

/** The tolerances that the wobble is drawn with; a model without a tolerance map has only the first. */
function tolerancesOf(own: Tolerance | null): readonly NamedTolerance[] {
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

/** A face drawn with one wobble of its jaw. */
interface Wobbled {
  face: AnnotatedFace
  drawnAfter: Landmarks68
  /** One for each tolerance. */
  outcomes: readonly SketchOutcome[]
}

async function wobbleJaws(subject: Subject, sheet: SheetRow[]): Promise<WobbleFigure[]> {
  const faces = spread(subject.faces, WOBBLE_FACES)
  const tolerances = tolerancesOf(subject.source.tolerance)
  const straight = new Map<AnnotatedFace, readonly (Detection | null)[]>()
  const rows: RgbaImage[][] = []
  for (const face of faces) {
    straight.set(face, await straightFaces(subject, face, tolerances))
    rows.push([((await subject.ownFace(face)) as OwnFace).generated])
  }
  const figures: WobbleFigure[] = []
  for (const strengthPx of WOBBLES_PX) {
    const wobbled: Wobbled[] = []
    for (const face of faces) wobbled.push(await wobbleFace(subject, face, strengthPx, tolerances))
    figures.push(await wobbleFigure(subject, strengthPx, wobbled, tolerances, straight))
    for (const [i, { outcomes }] of wobbled.entries()) rows[i]?.push(...picturesOf(outcomes))
    subject.onProgress(figures.length, WOBBLES_PX.length)
  }
  sheet.push(...rows)
  return figures
}

/** The sketch, and its face with the first tolerance and with the last. */
const picturesOf = (outcomes: readonly SketchOutcome[]): RgbaImage[] => [
  ...(outcomes[0]?.sheetRow ?? []),
  ...(outcomes.at(-1)?.sheetRow.slice(1) ?? []),
]

async function wobbleFace(
  subject: Subject,
  face: AnnotatedFace,
  strengthPx: number,
  tolerances: readonly NamedTolerance[],
): Promise<Wobbled> {
  const drawnAfter = wobbledJaw(face.landmark68, strengthPx, randomFor(`${face.name} jaw`))
  const outcomes: SketchOutcome[] = []
  for (const { tolerance } of tolerances)
    outcomes.push(await outcomeOf(subject, { name: face.name, lines: contourLines(drawnAfter), tolerance }))
  return { face, drawnAfter, outcomes }
}

/** What is seen of a face that is drawn without any wobble, with each tolerance. */
async function straightFaces(subject: Subject, face: AnnotatedFace, tolerances: readonly NamedTolerance[]): Promise<(Detection | null)[]> {
  const seen: (Detection | null)[] = []
  for (const { tolerance } of tolerances) {
    const drawing = { name: face.name, lines: contourLines(face.landmark68), tolerance }
    seen.push(tolerance === EXACT ? ((await subject.ownFace(face))?.detected ?? null) : (await outcomeOf(subject, drawing)).detected)
  }
  return seen
}

async function wobbleFigure(
  subject: Subject,
  strengthPx: number,
  wobbled: readonly Wobbled[],
  tolerances: readonly NamedTolerance[],
  straight: ReadonlyMap<AnnotatedFace, readonly (Detection | null)[]>,
): Promise<WobbleFigure> {
  const onPhotos: Shift[] = []
  for (const { face, drawnAfter } of wobbled) onPhotos.push(...(await photoShift(subject, face, drawnAfter)))
  const followed = tolerances.map(({ id }, k) => {
    const shifts = wobbled.flatMap(({ face, drawnAfter, outcomes }) =>
      shiftOf(face, drawnAfter, straight.get(face)?.[k] ?? null, outcomes[k]?.detected ?? null),
    )
    return [id, shareOrNull(shifts)] as const
  })
  const own = Math.min(1, tolerances.length - 1)
  return {
    strengthPx,
    found: foundFigure(wobbled.map(({ outcomes }) => outcomes[own]?.detected ?? null)),
    followed: Object.fromEntries(followed),
    warpedPhotos: shareOrNull(onPhotos),
  }
}

const shareOrNull = (shifts: readonly Shift[]): number | null => (shifts.length > 0 ? shareFollowed(shifts, FIGURE_PARTS.jaw) : null)

/** None or one. */
async function photoShift({ photos }: Subject, face: AnnotatedFace, drawnAfter: Landmarks68): Promise<Shift[]> {
  const before = await photos.detectPhoto(face.photoPath)
  const change = `${WARP_ID}, jaw ${drawnAfter.slice(0, 17).map(([x, y]) => `${x.toFixed(4)} ${y.toFixed(4)}`)}`
  const after = await photos.detectChanged(face.photoPath, change, (photo) => warpedPhoto(photo, face.landmark68, drawnAfter))
  return shiftOf(face, drawnAfter, before, after)
}

const shiftOf = ({ landmark68 }: AnnotatedFace, drawnAfter: Landmarks68, before: Detection | null, after: Detection | null): Shift[] =>
  before && after ? [{ drawnBefore: landmark68, drawnAfter, seenBefore: before.landmark68, seenAfter: after.landmark68 }] : []

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
