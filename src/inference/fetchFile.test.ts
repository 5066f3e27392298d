import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchFrom } from './fetchFile'

describe('fetchFrom', () => {
  let server: Server
  let url: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/models/live/weights-0.bin') {
        response.write(Buffer.alloc(70_000, 7))
        setTimeout(() => response.end(Buffer.alloc(30_000, 8)), 20)
      } else if (request.url === '/models/cut.bin') {
        response.writeHead(200, { 'content-length': '1000' })
        response.write(Buffer.alloc(10))
        setTimeout(() => response.destroy(), 20)
      } else if (request.url === '/models/page') {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>')
      } else {
        response.writeHead(404).end()
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('gives a file and reports its bytes as they come', async () => {
    const seen: number[] = []
    const data = new Uint8Array(await fetchFrom(url)('live/weights-0.bin', (bytes) => seen.push(bytes)))
    expect(data.length).toBe(100_000)
    expect([data[0], data[69_999], data[70_000], data[99_999]]).toEqual([7, 7, 8, 8])
    expect(seen.length).toBeGreaterThan(1)
    expect(seen.at(-1)).toBe(100_000)
    expect((await fetchFrom(url)('live/weights-0.bin')).byteLength).toBe(100_000)
  })

  it.each([
    ['a missing file', 'live/none.bin'],
    ['a page in place of a file', 'page'],
  ])('says that %s is not there', async (_, path) => {
    await expect(fetchFrom(url)(path)).rejects.toMatchObject({ code: 'model-not-found' })
    await expect(fetchFrom(url)(path)).rejects.toThrow(path)
  })

  it('says what to do when the connection breaks or there is no server', async () => {
    await expect(fetchFrom(url)('cut.bin', () => {})).rejects.toThrow(/could not be loaded.*server is running/)
    await expect(fetchFrom(url)('cut.bin')).rejects.toThrow(/could not be loaded/)
    await expect(fetchFrom('http://127.0.0.1:1/models/')('index.json')).rejects.toMatchObject({ code: 'model-not-found' })
  })
})
