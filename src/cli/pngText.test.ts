import { PNG } from 'pngjs'
import { expect, it } from 'vitest'
import { madeByStudio, withPngText } from '../shared/pngText'

it('a PNG says that it is synthetic, and is the same picture as before', () => {
  const png = new PNG({ width: 3, height: 2 })
  png.data.fill(77)
  const plain = PNG.sync.write(png)
  const origin = { model: 'tiny', weights: ['ab', 'cd'], sketch: 'Łukasz (id)', look: { age: 40 } }
  const marked = withPngText(plain, madeByStudio('made by a test', origin))
  // The reader checks every chunk's sum.
  expect(PNG.sync.read(Buffer.from(marked)).data).toEqual(PNG.sync.read(plain).data)
  const text = Buffer.from(marked).toString('utf8')
  expect(text).toContain('iTXtSoftware')
  expect(text).toContain('made by a test')
  for (const [keyword, value] of Object.entries({
    Model: 'tiny',
    Weights: 'sha256 ab, sha256 cd',
    Sketch: 'Łukasz (id)',
    Look: '{"age":40}',
  }))
    expect(text).toContain(`iTXt${keyword}\0\0\0\0\0${value}`)
  expect(text.indexOf('iTXt')).toBeLessThan(text.indexOf('IDAT'))
  expect(text.indexOf('iTXt')).toBeGreaterThan(text.indexOf('IHDR'))
})
