/** What there is to say about a drawing that has come in: what was left out, how it was placed, and whether it looks like a face at all. */

import { LEAST_CONFIDENCE } from '../faces/registration'
import type { Messages } from '../features/ui/i18n/messages'
import type { ImportedDocument } from '../storage/exchange/types'

/** @returns `undefined` when there is nothing worth saying */
export function describeImport({ leftOut = [], picture }: ImportedDocument, m: Messages): string | undefined {
  const sentences: string[] = []
  if (leftOut.length > 0) sentences.push(m.imports.leftOut(leftOut.map(([what, count]) => m.imports.content[what](count)).join('\n')))
  if (picture?.placed) {
    const [a, b, , , ,] = picture.placed.fit.map
    sentences.push(m.imports.placed(Math.round((Math.atan2(b, a) * 180) / Math.PI), Math.round(100 * Math.hypot(a, b))))
  }
  if (picture?.likeness != null && picture.likeness < LEAST_CONFIDENCE) sentences.push(m.imports.hardlyAFace)
  return sentences.length > 0 ? sentences.join(' ') : undefined
}
