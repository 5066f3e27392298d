/** Sessions with a witness: the interview's sheet, and the drawing on the page, recorded from the first stroke. When a session ends, its drawing leaves the sketch database: the case has it. */

import { drawingAfter } from '../../cases/drawingLog'
import type { Shown } from '../../cases/entries'
import type { StepId } from '../../cases/interview'
import { StudioError } from '../../shared/errors'
import { newId } from '../../shared/ids'
import { type CaseFile, caseFile } from '../../storage/sealedRows'
import { type DeskCore, Refusal } from './deskCore'
import type { Recording } from './deskTypes'
import { type Recorder, startRecorder } from './recorder'

/** Storage's own keys stay out of the preferences. */
const IN_HAND_KEY = '$caseInHand'

export interface Sessions {
  /** A new page for this witness's drawing. The session begins with the interview; what is drawn from now on is recorded. */
  readonly startSession: (witness: string) => Promise<void>
  /** @returns whether it is over */
  readonly endSession: () => Promise<boolean>
  /** The session's sketch back on the page. */
  readonly backToDrawing: () => Promise<void>
  /** @returns whether the words are in the log, as of `skipStep` */
  readonly keepStep: (step: StepId, words: string, checks: readonly string[]) => Promise<boolean>
  readonly skipStep: (step: StepId, reason: string) => Promise<boolean>
  /** What a witness sees from now on is entered, the very picture too. */
  readonly recordShown: (what: Shown, version: string | null, picture: Uint8Array<ArrayBuffer> | null) => Promise<void>
  /** The recording goes on with another sketch, which is on the page already. */
  readonly follow: (sketchId: string, from: string | null) => Promise<void>
  readonly setParent: (version: string) => void
  /** A picture of the drawing may be shown and drawn: free recall is over. */
  readonly mayDraw: () => boolean
  /** @throws StudioError `bad-request` while no session is under way */
  readonly recording: () => Recording
  /** Id of the case whose session was under way when the page was left; `null` where there is none. */
  readonly leftOpen: () => Promise<string | null>
  /** @returns the witness's window of the session that goes on; `null` where there is none */
  readonly goOnIfLeft: () => Promise<string | null>
  /** The witness's window, so that a reload finds it again. */
  readonly keepWindow: (name: string | null) => void
  /** The recording stops without an entry: the case is about to be wiped. */
  readonly abandon: () => Promise<void>
}

interface InHand {
  readonly caseId: string
  readonly session: string
  readonly parent: string | null
  /** Name of the witness's window, which outlives a reload of the page; `null` while none was opened. */
  readonly window: string | null
}

export function createSessions(core: DeskCore): Sessions {
  const { port, store, current, report, working, entered } = core
  const { page, settings } = port
  let recorder: Recorder | null = null
  let windowName: string | null = null

  const remember = (inHand: Omit<InHand, 'window'> | null): Promise<void> =>
    settings.set(IN_HAND_KEY, inHand && { ...inHand, window: windowName }).catch(report)
  const remembered = async (): Promise<InHand | null> => {
    const raw = (await settings.get(IN_HAND_KEY).catch(() => null)) as Partial<InHand> | null | undefined
    return typeof raw?.caseId === 'string' && typeof raw.session === 'string' ? ({ parent: null, window: null, ...raw } as InHand) : null
  }
  const record = (session: string, sketchId: string, parent: string | null): void => {
    const settings = recorder?.settings()
    recorder?.stop()
    const { state } = current()
    const witness = state.sessions.find(({ id }) => id === session)?.witness ?? ''
    store.setState({ recording: { session, witness, sketchId, isAway: false, parent } })
    recorder = startRecorder({
      open: current(),
      page,
      sketchId,
      settings,
      onAway: (isAway) => store.setState(({ recording }) => ({ recording: recording && { ...recording, isAway } })),
      onError: report,
    })
    void remember({ caseId: current().id, session, parent })
  }
  const recording = (): Recording => {
    const now = store.getState().recording
    if (!now) throw new StudioError('bad-request', 'No session is under way. Start one with a witness first.')
    return now
  }
  const sessionNow = () => current().state.sessions.find(({ id }) => id === store.getState().recording?.session)

  const goOn = async (session: string, parent: string | null): Promise<void> => {
    const left = current().state.sessions.find(({ id, endedAt }) => id === session && endedAt === null)
    // It had ended, and the page was closed before its drawing was gone.
    if (!left) return await leave(current().state.sketches)
    // Its last strokes came back with the sketch; one that is gone is put together from the log.
    const isThere =
      (page.scene().document.id === left.sketch || (await page.open(left.sketch).catch(() => false))) &&
      page.scene().document.id === left.sketch
    const drawing = drawingAfter(current().entries, left.sketch)
    const sketch = isThere || !drawing ? left.sketch : newId()
    const isOnPage = isThere || (drawing ? await page.adopt({ ...drawing, id: sketch }, { look: {} }) : await page.startNew())
    // What the page has instead is none of the case's.
    if (!isOnPage) throw new Refusal(port.messages().cases.bar.notPutBack)
    const onPage = page.scene().document.id
    await current().append('sessionResumed', { session, settings: { ...page.scene().settings } })
    if (onPage !== left.sketch) await current().append('drawing', { session, sketch: onPage, from: null })
    record(session, onPage, parent)
  }

  return {
    recording,
    startSession: async (witness) => {
      await working(async () => {
        if (recorder) await end()
        if (!(await page.startNew())) return
        // The mean face under the page is a picture of a face: nothing is shown that was not chosen.
        page.setUnderlay(false)
        const { document, settings: conditions } = page.scene()
        const session = newId()
        await current().append('sessionStarted', { session, witness, sketch: document.id, settings: { ...conditions } })
        record(session, document.id, null)
        store.setState({ tab: 'interview' })
      })
    },
    endSession: async () =>
      (await working(async () => {
        await end()
        return true
      })) ?? false,
    backToDrawing: async () => {
      await working(async () => {
        const { sketchId } = recording()
        if (page.scene().document.id !== sketchId && !(await page.open(sketchId))) return
        page.show()
      })
    },
    keepStep: (step, words, checks) =>
      entered(() => current().append('step', { session: recording().session, step, words, checks: [...checks] })),
    skipStep: (step, reason) => entered(() => current().append('stepSkipped', { session: recording().session, step, reason })),
    recordShown: async (what, version, picture) => {
      const files: readonly CaseFile[] = picture ? [caseFile(picture)] : []
      await working(() => current().append('shown', { what, version, digest: files[0]?.digest ?? null }, files))
    },
    follow: async (sketchId, from) => {
      const { session } = recording()
      await current().append('drawing', { session, sketch: sketchId, from })
      record(session, sketchId, from)
    },
    setParent: (parent) => {
      const { session } = recording()
      store.setState({ recording: { ...recording(), parent } })
      void remember({ caseId: current().id, session, parent })
    },
    keepWindow: (name) => {
      windowName = name
      const { recording } = store.getState()
      if (recording) void remember({ caseId: current().id, session: recording.session, parent: recording.parent })
    },
    mayDraw: () => sessionNow()?.steps.freeRecall !== undefined,
    abandon: async () => {
      stop()
      await remember(null)
    },
    leftOpen: async () => (await remembered())?.caseId ?? null,
    goOnIfLeft: async () => {
      const left = await remembered()
      if (left?.caseId !== current().id) return null
      windowName = left.window
      await goOn(left.session, left.parent)
      return store.getState().recording && windowName
    },
  }

  function stop(): void {
    recorder?.stop()
    recorder = null
    windowName = null
    store.setState({ recording: null, drafts: {} })
  }

  /** Rejects where the end could not be written; the next start then goes on with the session. */
  async function end(): Promise<void> {
    const { session } = recording()
    const open = current()
    stop()
    await open.append('sessionEnded', { session })
    await leave(open.state.sketches)
  }

  /** The drawings leave the sketch database; until they have, the next start comes back to it. */
  async function leave(sketches: readonly string[]): Promise<void> {
    if (sketches.includes(page.scene().document.id) && !(await page.startNew())) return
    await page.purge(sketches)
    await remember(null)
  }
}
