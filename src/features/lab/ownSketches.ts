/** The person's own sketches as drawings of the lab: what a model sees of them in the studio, the mean face standing in for what is not drawn. */

import type { SketchDocument } from '../../editor/document'
import { modelInkLines } from '../../editor/modelInk'
import { placedPage } from '../../editor/placedPage'
import type { Similarity } from '../../faces/similarity'
import type { Drawing } from '../../lab/drawingSet'
import type { Edit } from '../../lab/edit'
import type { SketchLibrary } from '../../storage/types'

/** How the studio shows a page to a model. */
export interface PageTerms {
  readonly standIns: boolean
  /** Brings the drawing to the mean face's place. */
  readonly placement: Similarity
}

/** The last stroke of a page as an edit: the page without it, and with it; `null` for an empty page. */
export function lastStroke(page: SketchDocument, { standIns, placement }: PageTerms): Edit | null {
  if (page.strokes.length === 0) return null
  const drawingOf = (strokes: SketchDocument['strokes']): Drawing =>
    modelInkLines(placedPage({ ...page, strokes }, placement), { standIns }).map(withoutWidth)
  return { before: drawingOf(page.strokes.slice(0, -1)), after: drawingOf(page.strokes) }
}

const withoutWidth = (line: readonly number[]): number[] => line.filter((_, i) => i % 3 < 2)

/** More would make a group that hides the others. */
const MOST = 40

export async function ownDrawings(sketches: SketchLibrary): Promise<Drawing[]> {
  const { items } = await sketches.list({ limit: MOST })
  const projects = await Promise.all(items.map(({ id }) => sketches.read(id)))
  return projects.flatMap((project) => {
    if (!project || project.document.strokes.length === 0) return []
    return [modelInkLines(project.document, { standIns: true }).map(withoutWidth)]
  })
}
