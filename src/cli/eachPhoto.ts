/** Photos one after another: a failure is reported and becomes an exit status, so that the next photo has its turn. */

import type { FaceFinder } from '../faces/faceFinder'
import { toErrorReport } from '../shared/errors'
import { InputError, readWhole, writeWhole } from './files'
import { type OpenedFace, openFace } from './photoFaces'
import type { PhotoJob } from './photoJobs'
import { EXIT, type Terminal } from './terminal'

/** What is written for a face, and what a JSON line says of it. */
export interface PhotoResult {
  readonly data: Uint8Array
  readonly about: Readonly<Record<string, unknown>>
}

interface Parts {
  readonly jobs: readonly PhotoJob[]
  /** Called when the first file has been read. */
  readonly finder: () => Promise<FaceFinder>
  readonly json: boolean
  readonly terminal: Terminal
  readonly make: (face: OpenedFace, photo: string) => Promise<PhotoResult>
}

/** The first failure's exit status, or that all is well. */
export async function eachPhoto({ jobs, ...parts }: Parts): Promise<number> {
  const inputs = jobs.map(({ photo }) => photo).filter((photo) => photo !== '-')
  let status: number = EXIT.ok
  for (const job of jobs) {
    const failure = await serve(job, inputs, parts)
    if (status === EXIT.ok) status = failure
  }
  return status
}

async function serve({ photo, result }: PhotoJob, inputs: readonly string[], { finder, json, terminal, make }: Omit<Parts, 'jobs'>) {
  try {
    const started = performance.now()
    const file = await readWhole(photo === '-' ? terminal.stdin : photo)
    const opened = await openFace(file, await finder())
    for (const warning of opened.warnings) terminal.complain(`${photo}: ${warning}`)
    const { data, about } = await make(opened, photo)
    if (result === '-') await terminal.write(data)
    else await writeWhole(result, data, inputs)
    const { faces, warnings, face } = opened
    const elapsedMs = Math.round(performance.now() - started)
    if (json) terminal.line({ photo, file: result, faces, yawDegrees: Math.round(face.yawDegrees), warnings, ...about, elapsedMs })
    return EXIT.ok
  } catch (error) {
    const report = toErrorReport(error)
    terminal.complain(`${photo}: ${report.message}`)
    if (json) terminal.line({ photo, error: report })
    return error instanceof InputError ? EXIT.noInput : EXIT.failed
  }
}
