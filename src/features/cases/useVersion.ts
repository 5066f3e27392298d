/** What a version keeps, read once from the case's files while it is shown. */

import { useEffect, useState } from 'react'
import type { Version } from '../../cases/caseState'
import type { KeptDrawing } from '../../cases/drawingFile'
import type { EncodedPicture } from '../../storage/photoTypes'
import type { CaseDesk } from './desk'

export interface ShownVersion {
  readonly version: Version
  readonly drawing: KeptDrawing
  readonly face: EncodedPicture | null
  readonly pixels: Uint8ClampedArray<ArrayBuffer> | null
}

/** `null` until it is read. */
export function useVersion(desk: CaseDesk, version: Version | null): ShownVersion | null {
  const [shown] = useVersions(desk, version ? [version] : [])
  return shown ?? null
}

/** Those that are read already, in their order. */
export function useVersions(desk: CaseDesk, versions: readonly Version[]): readonly ShownVersion[] {
  const [read, setRead] = useState<ReadonlyMap<string, ShownVersion>>(new Map())
  const ids = versions.map(({ version }) => version).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: versions are told apart by their ids; what they keep never changes
  useEffect(() => {
    let isGone = false
    for (const version of versions) {
      if (read.has(version.version)) continue
      readVersion(desk, version).then((shown) => !isGone && setRead((before) => new Map(before).set(version.version, shown)), desk.report)
    }
    return () => {
      isGone = true
    }
  }, [desk, ids])
  return versions.flatMap(({ version }) => read.get(version) ?? [])
}

async function readVersion(desk: CaseDesk, version: Version): Promise<ShownVersion> {
  const [drawing, png, pixels] = await Promise.all([desk.drawingOf(version), desk.faceOf(version), desk.pixelsOf(version)])
  return { version, drawing, face: png && { mime: 'image/png', bytes: png }, pixels }
}
