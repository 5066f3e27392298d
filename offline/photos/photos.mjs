/** Starts the preparation of photos: `npm run photos -- --help`. TypeScript, loaded by Vite's module runner as the evaluation is. */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), { root })
process.exitCode = await module.main(process.argv.slice(2))
