/**
 * Starts the lab's command: `npm run lab -- --help`. It is TypeScript that runs the studio's own drawings, rasteriser and inference code; Vite's module runner
 * loads it as it loads the studio, so nothing has to be built first.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), { root })
process.exitCode = await module.main(process.argv.slice(2), root)
