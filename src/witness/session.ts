/**
 * The window's side of the channel: messages of the operator's page → what is shown. When that page says goodbye or falls silent, nothing is shown: a face that nobody watches over
 * is a face too many.
 */

import {
  BLANK,
  type FromOperator,
  type FromWitness,
  PULSE_MS,
  readFromOperator,
  SILENCE_MS,
  type WitnessChannel,
  type WitnessView,
} from '../shared/witnessMessages'

export interface WitnessScreen {
  /** Resolves when it is on the screen, to `false` where it could not be read or a newer one has taken its place. */
  show(view: WitnessView, language: string): Promise<boolean>
  closeWindow(): void
}

/** @returns what to call when the window is being left */
export function startWitness(channel: WitnessChannel, screen: WitnessScreen, language: string): () => void {
  /** The newest view that was sent, and the one on the screen; 0 for none. */
  let wanted = 0
  let shown = 0
  let heardAt = Date.now()
  let spoken = language
  const send = (message: FromWitness): void => channel.postMessage(message)
  const here = (asks: boolean): void => send({ from: 'witness', kind: 'here', nr: shown, asks })

  const blank = (): void => {
    wanted = 0
    shown = 0
    void screen.show(BLANK, spoken)
  }
  const take = async (nr: number, view: WitnessView): Promise<void> => {
    if (nr === wanted) return
    wanted = nr
    const isShown = await screen.show(view, spoken)
    if (nr !== wanted) return
    if (!isShown) await screen.show(BLANK, spoken)
    shown = isShown ? nr : 0
    here(false)
  }
  const hear = (message: FromOperator): void => {
    heardAt = Date.now()
    switch (message.kind) {
      case 'view':
        spoken = message.language
        void take(message.nr, message.view)
        return
      case 'bye':
        blank()
        return
      case 'close':
        blank()
        screen.closeWindow()
        return
      case 'ping':
      case 'still':
        // It was silent, or has come back: what it wants shown is not known here.
        if (wanted === 0) send({ from: 'witness', kind: 'hello' })
        else if (message.kind === 'ping') here(false)
    }
  }

  channel.onmessage = ({ data }) => {
    const message = readFromOperator(data)
    if (message) hear(message)
  }
  const pulse = setInterval(() => {
    if (wanted !== 0 && Date.now() - heardAt > SILENCE_MS) blank()
    here(true)
  }, PULSE_MS)
  send({ from: 'witness', kind: 'hello' })
  return () => {
    clearInterval(pulse)
    channel.onmessage = null
    send({ from: 'witness', kind: 'gone' })
    channel.close()
  }
}
