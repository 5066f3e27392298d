/**
 * Versions of the sketch document, wherever one was kept (database, project file, database file): plain data of any version → plain data of
 * the current one. A new version is one more entry in `DOCUMENT_UPGRADES`, one more fixture and one more test.
 */

import { DOCUMENT_VERSION } from '../editor/document'
import { StudioError } from '../shared/errors'

export type PlainObject = Readonly<Record<string, unknown>>

/** From version `n` (the key) to `n + 1`. Points may be arrays or typed arrays. */
export type DocumentUpgrades = Readonly<Record<number, (document: PlainObject) => PlainObject>>

export const DOCUMENT_UPGRADES: DocumentUpgrades = {}

export const isPlainObject = (value: unknown): value is PlainObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws StudioError `bad-project` when it has no version, or one that this studio does not know */
export function upgradeDocument(
  raw: unknown,
  upgrades: DocumentUpgrades = DOCUMENT_UPGRADES,
  current: number = DOCUMENT_VERSION,
): PlainObject {
  if (!isPlainObject(raw) || !Number.isSafeInteger(raw.version)) {
    throw new StudioError('bad-project', 'This is not a sketch of Face Studio: it has no version. Choose a file that Face Studio exported.')
  }
  const version = raw.version as number
  if (version > current) {
    throw new StudioError(
      'bad-project',
      `This sketch was made by a newer Face Studio (document version ${version}; this one knows ${current}). Update Face Studio, then try again.`,
    )
  }
  let document: PlainObject = raw
  for (let from = version; from < current; from++) {
    const upgrade = upgrades[from]
    if (!upgrade)
      throw new StudioError('bad-project', `This sketch has a version that never existed (${version}). It may be damaged: export it again.`)
    document = { ...upgrade(document), version: from + 1 }
  }
  return document
}
