/** The person's own sketches as drawings of the lab: what a model sees of them in the studio, the mean face standing in for what is not drawn. */

import { modelInkLines } from '../../editor/modelInk'
import type { Drawing } from '../../lab/drawingSet'
import type { SketchLibrary } from '../../storage/types'

/** More would make a group that hides the others. */
const MOST = 40

export async function ownDrawings(sketches: SketchLibrary): Promise<Drawing[]> {
  const { items } = await sketches.list({ limit: MOST })
  const projects = await Promise.all(items.map(({ id }) => sketches.read(id)))
  return projects.flatMap((project) => {
    if (!project || project.document.strokes.length === 0) return []
    return [modelInkLines(project.document, { standIns: true }).map((line) => line.filter((_, i) => i % 3 < 2))]
  })
}
