/** The body of `npm start`. */

import { resolve } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { PlainError, ROOT, runMain } from './run.mjs'
import { serve } from './server.mjs'

const DEFAULT_PORT = 4173

/** @param {string | undefined} text */
function parsePort(text) {
  if (text === undefined || text === '') return DEFAULT_PORT
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) throw new PlainError(`PORT must be a whole number from 0 to 65535, but it is "${text}".`)
  return port
}

export function startServer() {
  return runMain(async () => {
    const wantedPort = parsePort(process.env.PORT)
    // A taken port is said at once, not after an install and a build.
    await (await serve(ROOT, wantedPort)).close()
    await ensureInstalled()
    await ensureBuilt()
    const { port, close } = await serve(resolve(ROOT, 'dist'), wantedPort)
    console.log(`face-studio is at http://localhost:${port}  (stop it with Ctrl+C)`)
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => void close())
  })
}
