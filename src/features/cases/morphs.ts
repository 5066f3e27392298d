/** Averages of versions, kept in the case: the picture, and the mean contour to be drawn on. */

import type { Version } from '../../cases/caseState'
import { type KeptDrawing, readDrawing, writeDrawing } from '../../cases/drawingFile'
import { DOCUMENT_VERSION } from '../../editor/document'
import { strokesOfLines } from '../../editor/lineStrokes'
import { averageFace } from '../../faces/averageFace'
import { IDENTITY } from '../../faces/similarity'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { caseFile } from '../../storage/sealedRows'
import type { DeskCore } from './deskCore'
import type { Sessions } from './sessions'
import type { Versions } from './versions'

export interface Morph {
  readonly drawing: KeptDrawing
  /** PNG. */
  readonly picture: Uint8Array<ArrayBuffer>
}

export interface Morphs {
  /** Of two to four versions with faces of one size; `null` when that failed, which is told. */
  readonly morph: (versions: readonly Version[]) => Promise<Morph | null>
  readonly drawOnFromMorph: (morph: Morph) => Promise<void>
}

export function createMorphs({ port, current, working }: DeskCore, sessions: Sessions, versions: Versions): Morphs {
  const memberOf = async (version: Version) => {
    const [{ document, placement }, pixels] = await Promise.all([versions.drawingOf(version), versions.pixelsOf(version)])
    if (!pixels) throw new StudioError('bad-request', `“${version.name}” has no face. Choose versions with faces.`)
    return { document, placement, pixels, sizePx: Math.sqrt(pixels.length / 4) }
  }
  return {
    morph: (chosen) =>
      working(async () => {
        const { lines, pixels, sizePx } = averageFace(await Promise.all(chosen.map(memberOf)))
        const [first] = chosen
        const { look = {}, tolerance = {} } = first ? await versions.drawingOf(first) : {}
        const document = { version: DOCUMENT_VERSION, id: newId(), name: '', tags: [], strokes: strokesOfLines(lines, newId) } as const
        const drawing = caseFile(writeDrawing({ document, look, tolerance, placement: IDENTITY }))
        const picture = caseFile(await port.encode(pixels, sizePx))
        const ids = chosen.map(({ version }) => version)
        await current().append('morph', { versions: ids, picture: picture.digest, drawing: drawing.digest }, [drawing, picture])
        return { drawing: readDrawing(drawing.bytes), picture: picture.bytes }
      }),
    drawOnFromMorph: async ({ drawing: { document, look, tolerance } }) => {
      await working(async () => {
        sessions.recording()
        if (!(await port.page.adopt({ ...document, id: newId() }, { look, tolerance }))) return
        await sessions.follow(port.page.scene().document.id, null)
        port.page.show()
      })
    },
  }
}
