/** Starts the benchmark: `npm run bench -- --help`. Standard output carries the JSON alone; whatever else there is to say goes to standard error. */

import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

register('./resolveTensorflow.mjs', import.meta.url)
const root = fileURLToPath(new URL('../', import.meta.url))
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), { root, logLevel: 'error' })
process.exitCode = await module.main(process.argv.slice(2), root)
