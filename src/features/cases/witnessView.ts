/**
 * What the witness sees, in a window of its own: nothing, until the operator shows something. A view that follows the drawing is made anew with every face; the log says when it began and with
 * which picture, and the drawing's own entries say how it went on.
 */

import type { Version } from '../../cases/caseState'
import type { Shown } from '../../cases/entries'
import type { WitnessLink, WitnessState } from '../../shared/witnessLink'
import { BLANK } from '../../shared/witnessMessages'
import { type DeskCore, Refusal } from './deskCore'
import type { Sessions } from './sessions'
import { settled, type Versions } from './versions'

export interface WitnessViews {
  /** Opens the window, blank. From a click. */
  readonly openWitness: () => void
  readonly closeWitness: () => void
  /** The window that was open before a reload, if it still is: blank until something is shown. */
  readonly takeUpWitness: (name: string) => void
  /** @param version for the view `version` */
  readonly showWitness: (what: Shown, version?: Version) => Promise<void>
}

/** A face that is being drawn changes with every stroke; the witness's window follows when it rests. */
const FOLLOW_MS = 300
/** A face that is being made is waited for. */
const FACE_PATIENCE_MS = 5_000

export function createWitnessViews({ port, store, report, working }: DeskCore, sessions: Sessions, versions: Versions): WitnessViews {
  const { page } = port
  let link: WitnessLink | null = null
  let stopFollowing: () => void = () => undefined
  /** Of what was asked for last: a picture that is still being made for what was asked before comes too late. */
  let turn = 0

  const take = (state: WitnessState | null, shown: Shown): void =>
    store.setState({ witness: state && { isThere: state.isThere, isShown: state.isShown, shown } })
  const linked = (name?: string): WitnessLink => {
    if (link) return link
    const made = port.witnessLink(name)
    sessions.keepWindow(made.name)
    made.subscribe(() => take(made.state, store.getState().witness?.shown ?? 'blank'))
    link = made
    return made
  }
  const pictureOf = async (what: Shown, version: Version | undefined): Promise<Uint8Array<ArrayBuffer> | null> => {
    if (what === 'sketch') return await port.sketchPng(page.scene().document)
    if (what === 'version') return version ? await grey(await versions.pixelsOf(version)) : null
    await settled(page, FACE_PATIENCE_MS)
    // The face of an older drawing, or of another sketch, is not what was asked for.
    const face = page.isSettled() ? page.face() : null
    if (!face) return null
    return what === 'greyFace' ? await grey(face.pixels) : await port.encode(face.pixels, face.sizePx)
  }
  const grey = async (pixels: Uint8ClampedArray<ArrayBuffer> | null): Promise<Uint8Array<ArrayBuffer> | null> =>
    pixels && (await port.encode(inGrey(pixels), Math.sqrt(pixels.length / 4)))
  const show = (png: Uint8Array<ArrayBuffer> | null, what: Shown): void =>
    linked().show(png ? { kind: 'picture', png: png.buffer, caption: '', isFace: what !== 'sketch' } : BLANK)

  const follow = (what: Shown, mine: number): void => {
    if (what === 'blank' || what === 'version') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const renew = (): void => {
      clearTimeout(timer)
      timer = setTimeout(
        () =>
          void pictureOf(what, undefined).then(
            (png) => mine === turn && !store.getState().recording?.isAway && png && show(png, what),
            report,
          ),
        FOLLOW_MS,
      )
    }
    const unsubscribe = page.subscribe(() => {
      const recording = store.getState().recording
      // Another sketch on the page is none of the witness's.
      if (!recording || recording.isAway) {
        clearTimeout(timer)
        show(null, 'blank')
      } else if (page.isSettled()) renew()
    })
    stopFollowing = () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }
  /** Nothing that is on its way is shown any more. */
  const supersede = (): number => {
    stopFollowing()
    stopFollowing = () => undefined
    return ++turn
  }
  const end = (): void => {
    supersede()
    link?.close()
    link = null
    if (store.getState().recording) sessions.keepWindow(null)
    take(null, 'blank')
  }
  // Nothing stays on the other screen when the session is over.
  store.subscribe((now, before) => {
    if (before.recording && !now.recording) end()
  })

  return {
    openWitness: () => {
      const opened = linked()
      take(opened.state, store.getState().witness?.shown ?? 'blank')
      if (!opened.open()) report(new Refusal(port.messages().cases.bar.windowRefused))
    },
    closeWitness: end,
    takeUpWitness: (name) => take(linked(name).state, 'blank'),
    showWitness: async (what, version) => {
      await working(async () => {
        const { bar } = port.messages().cases
        const { isAway } = sessions.recording()
        if (what !== 'blank' && !sessions.mayDraw()) throw new Refusal(bar.recallFirst)
        if (what !== 'blank' && what !== 'version' && isAway) throw new Refusal(bar.otherSketch)
        const mine = supersede()
        if (what === 'blank') {
          // At once, whatever the disk does.
          show(null, what)
          take(linked().state, what)
          await sessions.recordShown(what, null, null)
          return
        }
        const png = await pictureOf(what, version)
        if (mine !== turn) return
        if (!png) throw new Refusal(bar.noFaceYet)
        // In the log before it is on the screen.
        await sessions.recordShown(what, version?.version ?? null, png)
        if (mine !== turn) return
        show(png, what)
        take(linked().state, what)
        follow(what, mine)
      })
    },
  }
}

/** Luma of ITU-R BT.601. */
export function inGrey(pixels: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const grey = new Uint8ClampedArray(pixels)
  for (let i = 0; i < grey.length; i += 4) {
    const luma = 0.299 * (grey[i] ?? 0) + 0.587 * (grey[i + 1] ?? 0) + 0.114 * (grey[i + 2] ?? 0)
    grey.fill(luma, i, i + 3)
  }
  return grey
}
