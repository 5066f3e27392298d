/** Puts together what the measures of one model share: its source, the faces, the detector, and faces that are drawn and looked at once. */

import { rasterize } from '../../src/editor/rasterizer'
import type { Look } from '../../src/faces/look'
import { TOLERANCE_PARTS, type Tolerance, toleranceOf } from '../../src/faces/tolerance'
import { greyToRgba, type RgbaImage } from '../../src/shared/image'
import { contourLines } from '../node/contour'
import type { LandmarkDetector } from '../node/detector'
import type { AnnotatedFace } from '../node/faceSet'
import type { FaceRequest, FaceSource } from '../node/faceSource'
import type { Drawing, OwnFace, Subject } from './measures/measure'

/** Every line is meant as it is drawn. */
export const EXACT: Tolerance = toleranceOf(TOLERANCE_PARTS.map(() => 0))

export interface Surroundings extends Omit<Subject, 'source' | 'ownFace' | 'draw' | 'detect' | 'estimate' | 'lookOf'> {
  detector: LandmarkDetector
  looks: ReadonlyMap<string, Look>
}

export function createSubject(source: FaceSource, { detector, looks, ...rest }: Surroundings): Subject {
  const own = new Map<string, Promise<OwnFace | null>>()
  const lookOf = (name: string): Look => looks.get(name) ?? {}
  const drawOwn = async (face: AnnotatedFace): Promise<OwnFace | null> => {
    const pictures = await generate(source, lookOf, { name: face.name, lines: contourLines(face.landmark68), tolerance: EXACT })
    return pictures && { ...pictures, detected: await detector.detect(pictures.generated) }
  }
  return {
    ...rest,
    source,
    lookOf,
    detect: detector.detect,
    estimate: detector.estimate,
    ownFace(face) {
      const known = own.get(face.photoPath) ?? drawOwn(face)
      own.set(face.photoPath, known)
      return known
    },
    async draw(drawing) {
      const pictures = await generate(source, lookOf, drawing)
      if (!pictures) throw new Error(`${source.label} gave no face for a sketch.`)
      return pictures
    },
  }
}

async function generate(
  source: FaceSource,
  lookOf: Subject['lookOf'],
  { name, lines, look, tolerance = null, hold }: Drawing,
): Promise<{ sketch: RgbaImage; generated: RgbaImage } | null> {
  const sketch = rasterize(lines, source.sizePx)
  const picture = greyToRgba(sketch, source.sizePx) // the source may take the sketch's buffer with it
  const request: FaceRequest = {
    name,
    sketch,
    look: look ?? lookOf(name),
    tolerance,
    hold: hold ? { id: hold.id, sketch: rasterize(hold.lines, source.sizePx) } : null,
  }
  const generated = await source.generate(request)
  return generated && { sketch: picture, generated }
}
