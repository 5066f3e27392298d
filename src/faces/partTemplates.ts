/** The lines of a face as people draw them, by which a stroke is recognised: the mean face's contours, and several of them in one go. */

import { mirrorPart } from './landmarks'
import { type LineShape, shapeOf } from './lineShape'
import { type Contour, meanFaceContours } from './meanFace'
import type { MeanFacePart } from './parts'

export interface PartTemplate {
  readonly id: string
  readonly part: MeanFacePart
  /** The contours that it draws. */
  readonly contours: readonly string[]
  readonly shape: LineShape
}

/** Strokes that draw several contours at once. */
const TOGETHER: readonly { readonly id: string; readonly contours: readonly string[] }[] = [
  { id: 'leftEye', contours: ['leftUpperLid', 'leftLowerLid'] },
  { id: 'rightEye', contours: ['rightUpperLid', 'rightLowerLid'] },
  { id: 'nose', contours: ['noseBridge', 'noseBase'] },
  { id: 'lips', contours: ['upperLipOuter', 'lowerLipOuter'] },
]

let templates: readonly PartTemplate[] | null = null

export function partTemplates(): readonly PartTemplate[] {
  if (!templates) {
    const contours = meanFaceContours()
    const single = contours.map((contour) => ({ id: contour.id, contours: [contour.id] }))
    templates = [...single, ...TOGETHER].map(({ id, contours: names }) => {
      const lines = names
        .map((name) => contours.find((contour) => contour.id === name))
        .filter((line): line is Contour => line !== undefined)
      const [first] = lines
      if (!first) throw new Error(`No contour for ${id}`)
      const points = lines.flatMap((line) => line.points)
      return { id, part: first.part, contours: names, shape: shapeOf(points, 2) }
    })
  }
  return templates
}

/** The same line on the other side of the face; itself for lines in the middle. */
export function mirrorTemplate(template: PartTemplate): PartTemplate {
  const part = mirrorPart(template.part)
  if (part === template.part) return template
  const id = template.id.startsWith('left') ? template.id.replace('left', 'right') : template.id.replace('right', 'left')
  return partTemplates().find((other) => other.id === id) ?? template
}
