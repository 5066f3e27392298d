/** The models of the face detector, from its package to `detector/` of the build and of the development server. */

import { createReadStream, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** BlazeFace and the face mesh; each names its weights relative to itself. */
const FILES = ['blazeface.json', 'blazeface.bin', 'facemesh.json', 'facemesh.bin']
const FOLDER = 'detector'

const source = () => join(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../models')

/** @returns {import('vite').Plugin} */
export function detectorModels() {
  return {
    name: 'detector-models',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = FILES.find((name) => request.url?.split('?')[0] === `/${FOLDER}/${name}`)
        if (file) createReadStream(join(source(), file)).pipe(response)
        else next()
      })
    },
    generateBundle() {
      for (const name of FILES) this.emitFile({ type: 'asset', fileName: `${FOLDER}/${name}`, source: readFileSync(join(source(), name)) })
    },
  }
}
