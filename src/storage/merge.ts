/** Sketches of a database file into the database: all or none, and never over what is there. */

import type { SketchDocument } from '../editor/document'
import { storedTolerance } from '../faces/toleranceChoice'
import { newId } from '../shared/ids'
import type { Database, RowWriter } from './database'
import type { MergeReport, Project } from './exchange/types'
import { sameLeftOut, storedLeftOut } from './leftOut'
import { packDocument } from './packing'
import { loadSketch, SKETCH_TABLES } from './sketchRows'
import { SKETCHES, SNAPSHOTS } from './tables'

export async function mergeProjects(database: Database, projects: readonly Project[], at: number): Promise<MergeReport> {
  return await database.write(SKETCH_TABLES, async (rows) => {
    const report = { added: 0, alreadyThere: 0, renumbered: 0 }
    for (const project of projects) {
      const known = await loadSketch(rows, project.document.id)
      if (known && known.row.deletedAt === null && isSameDrawing(known.recovered.document, project.document)) {
        report.alreadyThere++
        continue
      }
      await addProject(rows, project, known ? newId() : project.document.id, at)
      report.added++
      if (known) report.renumbered++
    }
    return report
  })
}

async function addProject(
  rows: RowWriter,
  { document, look, tolerance = {}, createdAt, updatedAt }: Project,
  id: string,
  at: number,
): Promise<void> {
  const { name, tags, strokes } = document
  const times = { createdAt: createdAt ?? at, updatedAt: updatedAt ?? at, deletedAt: null }
  const extras = { ...storedLeftOut(document), ...storedTolerance(tolerance) }
  await rows.put(SKETCHES, { id, name, tags, look, ...extras, ...times, strokeCount: strokes.length, lastSeq: 1 })
  await rows.put(SNAPSHOTS, { sketchId: id, seq: 1, document: packDocument(document) })
}

function isSameDrawing(a: SketchDocument, b: SketchDocument): boolean {
  return a.strokes.length === b.strokes.length && JSON.stringify(a.strokes) === JSON.stringify(b.strokes) && sameLeftOut(a, b)
}
