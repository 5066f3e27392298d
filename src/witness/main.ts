/** The witness's window: shows what the operator's page lets it, and nothing else. No database, no model, no network. */

import { BLANK, channelOf, readWitnessHash } from '../shared/witnessMessages'
import { type ScreenParts, witnessScreen } from './screen'
import { startWitness } from './session'
import { textsIn } from './texts'
import './witness.css'

const part = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector)
  if (!found) throw new Error(`witness.html has no ${selector}`)
  return found
}

const parts: ScreenParts = {
  heading: part('h1'),
  figure: part('figure'),
  canvas: part('canvas'),
  caption: part('.caption'),
  remark: part('.remark'),
  button: part('button'),
}

function offerFullScreen(button: HTMLButtonElement): void {
  if (!document.fullscreenEnabled) return
  const toggle = (): void => {
    const turned = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    // Refused by the browser: the window is as large as it is.
    turned.catch(() => undefined)
  }
  button.hidden = false
  button.addEventListener('click', toggle)
  window.addEventListener('keydown', ({ key, repeat, ctrlKey, metaKey, altKey }) => {
    if (key.toLowerCase() === 'f' && !repeat && !ctrlKey && !metaKey && !altKey) toggle()
  })
  document.addEventListener('fullscreenchange', () => {
    button.hidden = document.fullscreenElement !== null
  })
}

const address = readWitnessHash(location.hash)
// Another channel is another window.
window.addEventListener('hashchange', () => location.reload())
if (address) {
  const screen = witnessScreen(parts)
  void screen.show(BLANK, address.language)
  offerFullScreen(parts.button)
  const leave = startWitness(new BroadcastChannel(channelOf(address.name)), screen, address.language)
  window.addEventListener('pagehide', leave, { once: true })
  // Brought back as it was left: its channel is gone, and what it showed may no longer be shown.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
} else {
  const note = part<HTMLElement>('.note')
  const texts = textsIn(navigator.language)
  document.documentElement.lang = texts.tag
  parts.heading.textContent = texts.picture
  note.textContent = texts.unknownAddress
  note.hidden = false
}
