/** Runs in a page beside `witness.html`: the studio's own link, on two buttons. Bundled by the test. */

import { WitnessLink, type WitnessState } from '../../src/shared/witnessLink'
import { BLANK } from '../../src/shared/witnessMessages'

export interface OperatorPage {
  state(): WitnessState
  blank(): void
  /** @param png base64 */
  picture(png: string, caption: string, isFace: boolean): void
  close(): void
}

declare global {
  interface Window {
    operatorPage: OperatorPage
  }
}

let language = 'en'
const link = new WitnessLink({ language: () => language })

const openOn = (id: string, spoken: string): void =>
  document.getElementById(id)?.addEventListener('click', () => {
    language = spoken
    link.open()
  })
openOn('open', 'en')
openOn('zh', 'zh')

window.operatorPage = {
  state: () => link.state,
  blank: () => link.show(BLANK),
  picture: (png, caption, isFace) =>
    link.show({ kind: 'picture', png: Uint8Array.from(atob(png), (each) => each.charCodeAt(0)).buffer, caption, isFace }),
  close: () => link.close(),
}
