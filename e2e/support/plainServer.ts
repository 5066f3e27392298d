/** A static host as plain as they come: files under a sub-path, no headers but the type, and it can be stopped and started again. */

import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

export interface PlainServer {
  readonly address: string
  /** Path below the folder, and what is answered instead of the file. */
  readonly instead: Map<string, Buffer>
  stop(): Promise<void>
}

/** @param path begins and ends with a slash */
export async function servePlainly(folder: string, path: string): Promise<PlainServer> {
  const instead = new Map<string, Buffer>()
  const server: Server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname
    const name = asked.startsWith(path) ? decodeURIComponent(asked.slice(path.length)) || 'index.html' : null
    const file =
      name === null || name.includes('..') ? Promise.reject(new Error('outside')) : (instead.get(name) ?? readFile(join(folder, name)))
    Promise.resolve(file).then(
      (bytes) => response.writeHead(200, { 'Content-Type': TYPES[extname(name ?? '')] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://localhost:${port}${path}`,
    instead,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
