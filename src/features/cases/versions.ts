/** Versions of a drawing: kept with all that their faces were made of, drawn on from, judged by the witness, made again. */

import type { Version } from '../../cases/caseState'
import { type KeptDrawing, readDrawing, writeDrawing } from '../../cases/drawingFile'
import type { Represents } from '../../cases/entries'
import { type Reproduction, reproductionOf } from '../../cases/reproduction'
import { readRequest, writeRequest } from '../../cases/requestFile'
import type { Look } from '../../faces/look'
import type { Similarity } from '../../faces/similarity'
import type { ToleranceChoice } from '../../faces/toleranceChoice'
import { BACKENDS, type Backend } from '../../shared/backends'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { sha256Hex } from '../../shared/sha256'
import { type CaseFile, caseFile } from '../../storage/sealedRows'
import { type DeskCore, Refusal } from './deskCore'
import type { PagePort } from './deskTypes'
import type { Sessions } from './sessions'

/** A face that does not come is not waited for longer: the drawing is kept without one. */
const FACE_PATIENCE_MS = 20_000

export type Outcome = Reproduction | { readonly result: 'otherModel'; readonly most: 0 }

export interface Confirmation {
  readonly represents: Represents
  readonly statement: string
  readonly initials: string
  readonly date: string
}

export interface Versions {
  /** The drawing on the page with its face. Resolves to the version's id, `null` when it could not be kept. */
  readonly keepVersion: (name: string) => Promise<string | null>
  readonly renameVersion: (version: string, name: string) => void
  /** A copy of its drawing takes the page, and what is drawn from there is another version of it. */
  readonly drawOnFrom: (version: string) => Promise<void>
  readonly drawingOf: (version: Version) => Promise<KeptDrawing>
  /** PNG; `null` for a version without a face. */
  readonly faceOf: (version: Version) => Promise<Uint8Array<ArrayBuffer> | null>
  readonly pixelsOf: (version: Version) => Promise<Uint8ClampedArray<ArrayBuffer> | null>
  /** Whether it is in the log, as with `rate` and `confirmVersion`. */
  readonly addNote: (about: string | null, words: string) => Promise<boolean>
  readonly rate: (version: string, rating: number, words: string) => Promise<boolean>
  readonly confirmVersion: (version: string, confirmation: Confirmation) => Promise<boolean>
  /** Its face is made anew from what it was made of; `null` when that failed, which is told. */
  readonly reproduce: (version: Version) => Promise<Outcome | null>
}

export function createVersions({ port, current, working, entered, store }: DeskCore, sessions: Sessions): Versions {
  const { page } = port
  const isKnown = (id: string): Version => {
    const version = current().state.versions.find((each) => each.version === id)
    if (!version) throw new StudioError('bad-request', 'This version is not in the case.')
    return version
  }
  const drawingOf = async ({ drawing }: Version): Promise<KeptDrawing> => readDrawing(await current().file(drawing))
  const faceOf = async ({ face }: Version): Promise<Uint8Array<ArrayBuffer> | null> => (face ? await current().file(face) : null)
  const pixelsOf = async (version: Version): Promise<Uint8ClampedArray<ArrayBuffer> | null> => {
    const png = await faceOf(version)
    return png && (await port.decode(png))
  }
  const witnessNow = (): string | null => store.getState().recording?.witness ?? null

  return {
    drawingOf,
    faceOf,
    pixelsOf,
    keepVersion: async (name) =>
      await working(async () => {
        await settled(page, FACE_PATIENCE_MS)
        if (store.getState().recording?.isAway) throw new Refusal(port.messages().cases.bar.otherSketch)
        const { document, settings, model } = page.scene()
        const look = settings.look as Look
        const tolerance = settings.tolerance as ToleranceChoice
        const placement = settings.placement as Similarity
        const drawing = caseFile(writeDrawing({ document, look, tolerance, placement }))
        // A face of an older drawing is no face of this one.
        const kept = page.isSettled() ? await keptFace(page, port.encode) : null
        const version = newId()
        const recording = store.getState().recording
        await current().append(
          'version',
          {
            ...{ version, name, parent: recording?.parent ?? null, session: recording?.session ?? null, witness: witnessNow() },
            ...{
              drawing: drawing.digest,
              face: kept?.face.digest ?? null,
              request: kept?.request?.digest ?? null,
              pixels: kept?.pixels ?? null,
            },
            model: kept && model && { id: model.id, weights: [...model.weights], backend: model.backend },
            strokes: document.strokes.length,
          },
          [drawing, ...(kept ? [kept.face, ...(kept.request ? [kept.request] : [])] : [])],
        )
        if (recording) sessions.setParent(version)
        return version
      }),
    renameVersion: (version, name) => {
      if (isKnown(version).name !== name)
        current()
          .append('versionRenamed', { version, name })
          .catch(() => undefined)
    },
    drawOnFrom: async (id) => {
      await working(async () => {
        const { document, look, tolerance } = await drawingOf(isKnown(id))
        const sketch = newId()
        if (!(await page.adopt({ ...document, id: sketch, name: '', tags: [] }, { look, tolerance }))) return
        await sessions.follow(page.scene().document.id, id)
        page.show()
      })
    },
    addNote: (about, words) => entered(() => current().append('note', { about, words })),
    rate: (version, rating, words) =>
      entered(() => current().append('likeness', { version, witness: isKnown(version).witness ?? witnessNow(), rating, words })),
    confirmVersion: (version, confirmation) =>
      entered(() => current().append('confirmation', { version, witness: isKnown(version).witness ?? witnessNow(), ...confirmation })),
    reproduce: (version) =>
      working(async () => {
        const { outcome, backend } = await madeAgain(version)
        await current().append('reproduced', { version: version.version, result: outcome.result, backend, most: outcome.most })
        return outcome
      }),
  }

  async function madeAgain(version: Version): Promise<{ outcome: Outcome; backend: string }> {
    const { request: digest, model } = version
    if (!digest || !model)
      throw new StudioError(
        'bad-request',
        'What this face was made of was not known when the version was kept, so it cannot be made again. Keep a version after the next stroke.',
      )
    const { request } = readRequest(await current().file(digest))
    const { hold } = request.locality
    // The worker knows statistics by their id: these are of another drawing than whatever it has under the old one.
    const locality = { ...request.locality, hold: hold && { ...hold, id: `case-${digest}` } }
    const made = await page.generate(model.id, () => ({ ...request, sketch: request.sketch.slice(), locality }))
    if (!made || made.madeBy?.weights.join() !== model.weights.join())
      return { outcome: { result: 'otherModel', most: 0 }, backend: made?.backend ?? '' }
    const kept = await pixelsOf(version)
    if (!kept || sha256Hex(new Uint8Array(kept.buffer)) !== version.pixels)
      throw new StudioError('bad-project', 'The face of this version is not what it was when it was kept. Verify the case.')
    const backend = BACKENDS.find((known) => known === model.backend) ?? ('cpu' satisfies Backend)
    return { outcome: reproductionOf(kept, made.pixels, { kept: backend, made: made.backend }), backend: made.backend }
  }
}

interface Kept {
  readonly face: CaseFile
  readonly request: CaseFile | null
  readonly pixels: string
}

async function keptFace(
  page: PagePort,
  encode: (pixels: Uint8ClampedArray<ArrayBuffer>, sizePx: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Kept | null> {
  const face = page.face()
  if (!face) return null
  return {
    face: caseFile(await encode(face.pixels, face.sizePx)),
    request: face.request && caseFile(writeRequest(face.request, face.sizePx)),
    pixels: sha256Hex(new Uint8Array(face.pixels.buffer, face.pixels.byteOffset, face.pixels.byteLength)),
  }
}

/** Until the face shows the drawing as it is, or for as long as one waits. */
export function settled(page: PagePort, patienceMs: number): Promise<void> {
  if (page.isSettled()) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(done, patienceMs)
    const unsubscribe = page.subscribe(() => page.isSettled() && done())
  })
}
