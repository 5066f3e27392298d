/** Case mode, wired to the studio. */

import { type CaseDesk, createCaseDesk } from '../features/cases/desk'
import { hasWords } from '../features/cases/drafts'
import { canvasOfPixels, encoded } from '../features/ui/canvas'
import { languageOf } from '../features/ui/i18n/messages'
import { SKETCH_SIZE_PX } from '../shared/units'
import { WitnessLink } from '../shared/witnessLink'
import { openCases } from '../storage/cases'
import type { AppServices } from './appContext'
import { ask } from './appUi'
import { casePage } from './casePage'
import { download } from './exportActions'
import { sketchPng } from './pictures'

/** As the dialog for films begins. */
const FILM = { story: 'edits', view: 'both', speed: 'normal', sidePx: 540 } as const

export async function openDesk(services: AppServices): Promise<CaseDesk> {
  const { storage, toasts, messages, ui, films, studio } = services
  const desk = createCaseDesk({
    ...{ toasts, messages, download },
    library: await openCases(),
    page: casePage(services),
    settings: storage.settings,
    now: () => new Date(),
    witnessLink: (name) =>
      new WitnessLink({ language: () => languageOf(studio.preferences.getState().locale).id, ...(name === undefined ? {} : { name }) }),
    sketchPng: async ({ strokes }) => new Uint8Array(await (await sketchPng(strokes, 2 * SKETCH_SIZE_PX)).arrayBuffer()),
    film: (documents, name, conditions) => void films.startOf(documents, name, FILM, conditions ?? undefined),
    encode: async (pixels, sizePx) => new Uint8Array(await (await encoded(canvasOfPixels(pixels, sizePx), 'image/png')).arrayBuffer()),
    decode,
    confirm: async ({ title, body, yes }) => {
      const choices = [
        { id: 'keep', label: messages().sketches.cancel },
        { id: 'yes', label: yes },
      ]
      return (await ask(ui, { title, body, choices })) === 'yes'
    },
  })
  // Entries that the disk has not taken, and words that were not kept, would go with the page.
  window.addEventListener('beforeunload', (event) => {
    const state = desk.store.getState()
    if (hasWords(state) || (state.open?.unsaved ?? 0) > 0) event.preventDefault()
  })
  return desk
}

/** The very values: no colour management, and nothing is premultiplied. */
async function decode(png: Uint8Array<ArrayBuffer>): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser has no 2D canvas.')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.getImageData(0, 0, canvas.width, canvas.height).data as Uint8ClampedArray<ArrayBuffer>
}
