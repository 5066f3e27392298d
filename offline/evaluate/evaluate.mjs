/**
 * Starts the evaluation: `npm run evaluate -- --help`. The evaluation is TypeScript that runs the studio's own rasteriser and inference code;
 * Vite's module runner loads it as it loads the studio, so nothing has to be built first.
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

// A reader that has seen enough (`| head`) is no error; the files are written all the same.
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
})

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @type {{ module: typeof import('./main.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./main.ts', import.meta.url)), { root })
process.exitCode = await module.main(process.argv.slice(2), root)
