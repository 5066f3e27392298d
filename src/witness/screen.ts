/** What the window shows: nothing, or one picture as large as fits, with its words. The picture lives in a canvas: there is no address by which it could be opened or saved elsewhere. */

import type { WitnessView } from '../shared/witnessMessages'
import type { WitnessScreen } from './session'
import { textsIn } from './texts'

export interface ScreenParts {
  readonly heading: HTMLElement
  readonly figure: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly caption: HTMLElement
  readonly remark: HTMLElement
  readonly button: HTMLButtonElement
}

export function witnessScreen({ heading, figure, canvas, caption, remark, button }: ScreenParts): WitnessScreen {
  let newest = 0

  const speak = (language: string): void => {
    const texts = textsIn(language)
    document.documentElement.lang = texts.tag
    document.title = texts.title
    heading.textContent = texts.picture
    button.textContent = texts.fullScreen
    remark.textContent = texts.notAPhotograph
  }
  const empty = (): void => {
    figure.hidden = true
    // Nothing of it stays in memory.
    canvas.width = 0
    canvas.height = 0
    caption.textContent = ''
    canvas.removeAttribute('aria-label')
  }
  const paint = (bitmap: ImageBitmap, view: Extract<WitnessView, { kind: 'picture' }>, language: string): void => {
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    canvas.setAttribute('aria-label', view.caption || textsIn(language).picture)
    caption.textContent = view.caption
    caption.hidden = view.caption === ''
    remark.hidden = !view.isFace
    figure.hidden = false
  }

  return {
    show: async (view, language) => {
      const turn = ++newest
      speak(language)
      if (view.kind === 'blank') {
        empty()
        return true
      }
      const bitmap = await createImageBitmap(new Blob([view.png], { type: 'image/png' })).catch(() => null)
      const isNewest = turn === newest
      if (bitmap && isNewest) paint(bitmap, view, language)
      bitmap?.close()
      return bitmap !== null && isNewest
    },
    closeWindow: () => window.close(),
  }
}
