import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve } from './server.mjs'

let folder: string
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'))
  const root = join(folder, 'dist')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html><title>studio</title>')
  await writeFile(join(root, 'assets', 'main-abc123.js'), 'export {}')
  await writeFile(join(root, 'assets', 'kernels-abc123.wasm'), new Uint8Array([0, 97, 115, 109]))
  await writeFile(join(root, '.hidden'), 'hidden')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'))
  server = await serve(root, 0)
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** Sends the path as it is, where `fetch` would tidy it up first. */
function ask(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((done, fail) => {
    const call = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    call.on('error', fail)
    call.end()
  })
}

describe('the production server', () => {
  it('answers the page with a policy that leaves no way out', async () => {
    const { status, headers, body } = await ask('/?backend=wasm')
    expect(status).toBe(200)
    expect(body).toContain('studio')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-cache')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/'unsafe-(inline|eval)'|https?:|\*/)
  })

  it('sends the policy with scripts too, because a worker is bound by its own response', async () => {
    const { headers } = await ask('/assets/main-abc123.js')
    expect(headers['content-security-policy']).toContain("connect-src 'self'")
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('lets hashed files be kept for ever and gives WebAssembly its type', async () => {
    const { headers } = await ask('/assets/kernels-abc123.wasm')
    expect(headers['content-type']).toBe('application/wasm')
    expect(headers['cache-control']).toContain('immutable')
  })

  it('answers 304 when the browser has the file already', async () => {
    const { headers } = await ask('/index.html')
    const again = await ask('/index.html', 'GET', { 'if-none-match': String(headers.etag) })
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  it('answers HEAD without a body and refuses to be written to', async () => {
    expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect((await ask('/', 'POST')).status).toBe(405)
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/link.txt',
    '/.hidden',
    '/index.html%00.js',
    '/%zz',
    '/assets',
    '/nothing.js',
  ])('does not serve %s', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).toBe('Not found.\n')
  })

  it('says plainly that a port is taken', async () => {
    await expect(serve(join(folder, 'dist'), server.port)).rejects.toThrow(`Port ${server.port} is taken by another program.`)
  })

  it('listens on loopback only', async () => {
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    if (!outside) return
    const outcome = await new Promise<string>((done) => {
      const socket = connect({ host: outside.address, port: server.port }, () => {
        socket.destroy()
        done('connected')
      })
      socket.on('error', () => done('refused'))
    })
    expect(outcome).toBe('refused')
  })
})
