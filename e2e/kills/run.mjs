/** Starts the kills: `npm run kills -- --kills 100 --load 2`. Builds first where sources have changed. */

import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { ensureBuilt } from '../../scripts/build.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
await ensureBuilt()
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), { root, logLevel: 'error' })
process.exitCode = await module.main(process.argv.slice(2), root)
