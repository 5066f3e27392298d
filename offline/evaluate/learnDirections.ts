/**
 * The ways in which whole faces differ that a person has a name for: aligned training faces with their annotations → `src/faces/shapeDirections.json`, which moves the drawn contour.
 *
 * One linear model of all shapes at once (landmarks ~ age, sex, width, fullness, smile), so that each direction says what its own quality changes while the others stay.
 * What it leaves are people's own proportions; their first principal components follow. Age and sex are annotated; width and fullness are measured on the
 * landmarks, as no annotation says them. The smile is only held: it is an expression.
 */

import { Matrix } from 'ml-matrix'
import { mirrorLandmarks } from '../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import model from '../../src/faces/shapeModel.json' with { type: 'json' }
import { SKETCH_SIZE_PX } from '../../src/shared/units'
import type { AnnotatedFace } from '../node/faceSet'
import { solve, symmetricEigen } from './statistics/linearAlgebra'

const ABOUT =
  'How the 68 landmarks move, in sketch pixels (x0, y0, x1, y1, …, symmetric), with qualities of a whole face: the effects in one linear model of the landmarks of aligned training faces (CC0 synthetic people), then the first principal components of what it leaves. `px` is for one `unit`; `deviation` says by how many units people differ. `readable` is how much of an annotation the landmarks tell (R² of a ridge regression on people kept from training; null where it is itself measured on the landmarks), `shapeShare` how much of those people’s difference from the mean shape goes with it alone. `modesExplained`: how much of theirs each mode of shapeModel.json explains.'
/** Ridge of the regressions that read an annotation off the landmarks, in squared pixels a face. */
const RIDGE = 0.01
/** Principal components with a name of their own: how large the lower face is, and how low nose and mouth lie. */
const COMPONENTS = ['jaw', 'low'] as const
/** Which landmark goes down with each, by which their signs are chosen. */
const DOWN = { jaw: 8, low: 57 } as const

interface Quality {
  readonly id: string
  readonly unit: string
  /** How it is measured; on the landmarks where it is no annotation. */
  readonly of: (face: AnnotatedFace, shape: readonly number[]) => number
  readonly isAnnotated: boolean
  /** Held in the model, but no direction of its own. */
  readonly isHeld?: true
}

const annotated = (value: number | null): number => {
  if (value === null) throw new Error('A face without age, sex or smile cannot say what they change.')
  return value
}
const across = (shape: readonly number[], a: number, b: number): number => (shape[2 * b] ?? 0) - (shape[2 * a] ?? 0)

const QUALITIES: readonly Quality[] = [
  { id: 'age', unit: 'ten years', of: ({ person }) => annotated(person.ageYears) / 10, isAnnotated: true },
  { id: 'sex', unit: 'from female (0) to male (1)', of: ({ person }) => annotated(person.male), isAnnotated: true },
  {
    id: 'width',
    unit: 'a tenth of the height of the face (27 to 8) more between the sides (1 to 15)',
    of: (_, shape) => (10 * across(shape, 1, 15)) / ((shape[17] ?? 0) - (shape[55] ?? 0)),
    isAnnotated: false,
  },
  {
    id: 'fullness',
    unit: 'a tenth of the width of the face (1 to 15) more at its jaw (4 to 12 and 5 to 11, averaged); weight has no annotation',
    of: (_, shape) => (5 * (across(shape, 4, 12) + across(shape, 5, 11))) / across(shape, 1, 15),
    isAnnotated: false,
  },
  { id: 'smile', unit: '', of: ({ person }) => annotated(person.smile), isAnnotated: true, isHeld: true },
]

/** A face's landmarks averaged with its mirror image's, in sketch pixels. */
function symmetricShape({ landmark68 }: AnnotatedFace): number[] {
  const mirrored = mirrorLandmarks(landmark68)
  return landmark68
    .flatMap(([x, y], i) => [x + (mirrored[i]?.[0] ?? 0), y + (mirrored[i]?.[1] ?? 0)])
    .map((sum) => (sum * SKETCH_SIZE_PX) / 2)
}

const MEAN = MEAN_LANDMARKS.flatMap(([x, y]) => [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX])

interface Samples {
  /** Deviations from the mean face, a face a row. */
  readonly shapes: Matrix
  /** Qualities, a face a row. */
  readonly qualities: Matrix
}

function samplesOf(faces: readonly AnnotatedFace[]): Samples {
  const shapes = faces.map(symmetricShape)
  return {
    shapes: new Matrix(shapes.map((shape) => shape.map((value, i) => value - (MEAN[i] ?? 0)))),
    qualities: new Matrix(faces.map((face, i) => QUALITIES.map(({ of }) => of(face, shapes[i] ?? [])))),
  }
}

/** @param faces training faces  @param heldOut people kept from training */
export function learnDirections(faces: readonly AnnotatedFace[], heldOut: readonly AnnotatedFace[]): string {
  const [training, test] = [samplesOf(faces), samplesOf(heldOut)]
  const means = training.qualities.mean('column')
  const centred = training.qualities.clone().subRowVector(means)
  const shapes = training.shapes.clone().subRowVector(training.shapes.mean('column'))
  const effects = solve(centred.transpose().mmul(centred), centred.transpose().mmul(shapes))
  const rest = shapes.clone().sub(centred.mmul(effects))
  const { vectors, values } = symmetricEigen(rest.transpose().mmul(rest).div(rest.rows))
  const shareOf = (direction: readonly number[], amounts: readonly number[]): number =>
    round(
      1 - squares(test.shapes.clone().sub(Matrix.columnVector([...amounts]).mmul(Matrix.rowVector([...direction])))) / squares(test.shapes),
      3,
    )
  const measured = QUALITIES.flatMap(({ id, unit, isAnnotated, isHeld }, k) => {
    if (isHeld) return []
    const direction = effects.getRow(k)
    const amounts = test.qualities.getColumn(k).map((value) => value - (means[k] ?? 0))
    const readable = isAnnotated ? readableShare(training, test, k) : null
    return [
      {
        id,
        unit,
        deviation: round(deviationOf(centred.getColumn(k)), 2),
        readable,
        shapeShare: shareOf(direction, amounts),
        px: direction,
      },
    ]
  })
  const components = COMPONENTS.map((id, k) => {
    const vector = vectors.getColumn(k)
    const sign = Math.sign(vector[2 * DOWN[id] + 1] ?? 1)
    const deviation = Math.sqrt(values[k] ?? 0)
    const direction = vector.map((value) => sign * deviation * value)
    const amounts = test.shapes
      .mmul(Matrix.columnVector(direction))
      .getColumn(0)
      .map((value) => value / deviation ** 2)
    return { id, unit: 'one standard deviation', deviation: 1, readable: null, shapeShare: shareOf(direction, amounts), px: direction }
  })
  return written({
    faces: faces.length,
    heldOut: heldOut.length,
    modesExplained: modesExplained(heldOut),
    directions: [...measured, ...components],
  })
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
const squares = (matrix: Matrix): number => matrix.norm('frobenius') ** 2
const deviationOf = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)

/** R² on people kept from training of what a ridge regression reads off their landmarks. */
function readableShare(training: Samples, test: Samples, k: number): number {
  const centre = training.shapes.mean('column')
  const x = training.shapes.clone().subRowVector(centre)
  const y = training.qualities.getColumn(k)
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length
  const normal = x
    .transpose()
    .mmul(x)
    .add(Matrix.eye(x.columns).mul(RIDGE * x.rows))
  const weights = solve(normal, x.transpose().mmul(Matrix.columnVector(y.map((value) => value - mean))))
  const read = test.shapes.clone().subRowVector(centre).mmul(weights).getColumn(0)
  const truth = test.qualities.getColumn(k)
  const left = truth.reduce((sum, value, i) => sum + (value - mean - (read[i] ?? 0)) ** 2, 0)
  return round(1 - left / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0), 3)
}

/** Of the difference of unseen people from the mean face, asymmetries included, how much lies along each mode; modes are orthogonal unit vectors. */
function modesExplained(heldOut: readonly AnnotatedFace[]): number[] {
  const deviations = new Matrix(
    heldOut.map(({ landmark68 }) => landmark68.flat().map((value, i) => value * SKETCH_SIZE_PX - (MEAN[i] ?? 0))),
  )
  const all = squares(deviations)
  return model.modes.map((mode) => round(squares(deviations.mmul(Matrix.columnVector(mode))) / all, 3))
}

interface Learnt {
  readonly faces: number
  readonly heldOut: number
  readonly modesExplained: readonly number[]
  readonly directions: readonly { readonly id: string; readonly px: readonly number[] }[]
}

function written({ directions, modesExplained: explained, ...counts }: Learnt): string {
  const lines = directions.map(({ px, ...rest }) => {
    const rounded = px.map((value) => round(value, 2) + 0)
    return `    ${JSON.stringify({ ...rest, px: rounded })}`
  })
  const head = Object.entries({ about: ABOUT, ...counts, modesExplained: explained }).map(
    ([key, value]) => `  "${key}": ${JSON.stringify(value)},\n`,
  )
  return `{\n${head.join('')}  "directions": [\n${lines.join(',\n')}\n  ]\n}\n`
}
