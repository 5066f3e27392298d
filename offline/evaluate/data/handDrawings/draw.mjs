/** Draws the faces of `handDrawings.ndjson` again: `node offline/evaluate/data/handDrawings/draw.mjs`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/** @type {{ module: typeof import('./drawAll.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('./drawAll.ts', import.meta.url)), {
  root: fileURLToPath(new URL('../../../../', import.meta.url)),
})
writeFileSync(new URL('../handDrawings.ndjson', import.meta.url), module.handDrawings())
