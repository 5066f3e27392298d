/** A static server for the production build: loopback only, strict policy, nothing outside its folder. */

import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream'
import { HEADER_POLICY } from './contentSecurityPolicy.mjs'
import { PlainError } from './run.mjs'

/** @type {Record<string, string>} */
const MIME_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

const COMMON_HEADERS = {
  'Content-Security-Policy': HEADER_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * The file that a request path names, or null: hidden names, `..` in any spelling, and links that lead outside are not served.
 * @param {string} root absolute, without links
 * @param {string} requestUrl
 */
async function findFile(root, requestUrl) {
  /** @type {string} */
  let path
  try {
    path = decodeURIComponent(requestUrl.replace(/[?#].*$/s, ''))
  } catch {
    return null
  }
  if (path.endsWith('/')) path += 'index.html'
  const segments = path.slice(1).split('/')
  if (path.includes('\0') || path.includes('\\') || segments.some((segment) => segment === '' || segment.startsWith('.'))) return null
  try {
    const file = await realpath(resolve(root, ...segments))
    if (!file.startsWith(root + sep)) return null
    const stats = await stat(file)
    return stats.isFile() ? { file, stats, isHashed: segments[0] === 'assets' } : null
  } catch {
    return null
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} text
 * @param {Record<string, string>} [headers]
 */
function answerText(response, status, text, headers = {}) {
  response.writeHead(status, { ...COMMON_HEADERS, ...headers, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${text}\n`)
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answerText(response, 405, 'Only GET and HEAD are answered.', { Allow: 'GET, HEAD' })
    return
  }
  const found = await findFile(root, request.url ?? '/')
  if (!found) {
    answerText(response, 404, 'Not found.')
    return
  }
  const etag = `"${found.stats.size.toString(36)}-${Math.round(found.stats.mtimeMs).toString(36)}"`
  const headers = {
    ...COMMON_HEADERS,
    // Names under assets/ carry a hash of their content; everything else is asked for again each time.
    'Cache-Control': found.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  }
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': MIME_TYPES[extname(found.file).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': found.stats.size,
  })
  if (request.method === 'HEAD') response.end()
  // An error here means that the browser went away or the file did: either way the response is cut, which `pipeline` has done.
  else pipeline(createReadStream(found.file), response, () => {})
}

/**
 * @param {import('node:http').Server} server
 * @param {string} host
 * @param {number} port
 * @returns {Promise<number>} the port
 */
function listenOn(server, host, port) {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen({ host, port }, () => {
      server.off('error', fail)
      const address = server.address()
      done(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Codes that say that this machine has no IPv6 loopback. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTSUP'])

/** @param {unknown} error */
const errorCode = (error) => String(error && typeof error === 'object' && 'code' in error ? error.code : '')

/**
 * @param {unknown} error
 * @param {number} port
 */
function explainListenError(error, port) {
  const code = errorCode(error)
  const other = `PORT=${port === 65535 ? 4173 : port + 1} npm start`
  if (code === 'EADDRINUSE') return new PlainError(`Port ${port} is taken by another program. Stop it, or choose another port: ${other}`)
  if (code === 'EACCES') return new PlainError(`This account may not use port ${port}. Choose another one: ${other}`)
  return error
}

/**
 * Serves `folder` on both loopback addresses, because browsers may try either for `localhost`.
 * @param {string} folder
 * @param {number} port 0 for any free one
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function serve(folder, port) {
  const root = await realpath(folder)
  /** @type {import('node:http').Server[]} */
  const servers = []
  const close = async () => {
    await Promise.all(
      servers.map((server) => {
        server.closeAllConnections()
        return new Promise((done) => server.close(done))
      }),
    )
  }
  let actualPort = port
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer((request, response) => void answer(root, request, response))
    try {
      actualPort = await listenOn(server, host, actualPort)
      servers.push(server)
    } catch (error) {
      if (host === '::1' && NO_IPV6.has(errorCode(error))) continue
      await close()
      throw explainListenError(error, actualPort)
    }
  }
  return { port: actualPort, close }
}
