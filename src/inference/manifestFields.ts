/** What the parts of a manifest share: how broken fields are told, and the forms of ids and files. */

import * as v from 'valibot'
import { StudioError } from '../shared/errors'
import { matching, object, read, type Schema, text, wholeNumber } from '../shared/schema'

export function broken(field: string, wanted: string): never {
  throw new StudioError('model-broken', `The model's manifest is broken: "${field}" must be ${wanted}. Install the model again.`)
}

/** @param place of the value in the manifest; none for the manifest itself */
export function readManifest<T>(schema: Schema<T>, value: unknown, place = ''): T {
  return read(schema, value, { whole: place || 'manifest', prefix: place && `${place}.` }, broken)
}

const ID_FORM = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/
export const ID = matching(ID_FORM)

export function isModelId(id: string): boolean {
  return ID_FORM.test(id)
}

/** The name of a file in the model's own folder. */
export const FILE_NAME = v.pipe(text, v.regex(/^[\w-][\w.-]*$/, "a file's name without a folder"))

/** A file beside the manifest, with what its bytes must hash to. */
export const HASHED_FILE = object({ file: FILE_NAME, bytes: wholeNumber(1, 2 ** 31), sha256: matching(/^[0-9a-f]{64}$/) })
export type HashedFile = v.InferOutput<typeof HASHED_FILE>
