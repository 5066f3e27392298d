import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { drawingBitmap, drawingKey, GROUP_IDS, GROUP_SIZES, readDrawings } from '../../../src/lab/drawingSet'
import { EYE_CORNER, receptiveField } from '../../../src/shared/featurePlace'
import { DRAWINGS_FILE, drawingsText } from '../main'
import { drawGroups } from './groups'

const groups = drawGroups()
const group = (id: string) => groups.find((one) => one.id === id)?.drawings ?? []

describe('the lab’s drawings', () => {
  it('are what the command draws', () => {
    const text = readFileSync(new URL(`../../../${DRAWINGS_FILE}`, import.meta.url), 'utf8')
    expect(text === drawingsText(), 'npm run lab -- draw').toBe(true)
    expect(readDrawings(JSON.parse(text))).toEqual(groups)
  })

  it('are the thesis’s groups, 198 drawings of which two stand in two', () => {
    expect(groups.map(({ id, drawings }) => [id, drawings.length])).toEqual(GROUP_IDS.map((id) => [id, GROUP_SIZES[id]]))
    expect(new Set(groups.flatMap(({ drawings }) => drawings.map(drawingKey))).size).toBe(198)
    expect(group('mouthOtherEyes')[0]).toEqual(group('nose')[0])
    expect(group('noseOtherEyes')[0]).toEqual(group('mouth')[0])
  })

  it('lie on the page', () => {
    const numbers = groups.flatMap(({ drawings }) => drawings.flat(2))
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(512)
  })

  it.each(['hair', 'attribute', 'faceShape', 'mouth', 'nose', 'mouthOtherEyes', 'noseOtherEyes'])(
    'of the group %s leave alone what the first two layers see, at 128 and 256 pixels',
    (id) => {
      for (const sizePx of [128, 256]) {
        const { left, top, right, bottom } = receptiveField(EYE_CORNER, sizePx, 1)
        const seen = group(id).map((drawing) => {
          const bitmap = drawingBitmap(drawing, sizePx)
          return [...bitmap]
            .filter(
              (_, i) =>
                i % sizePx >= left * sizePx && i % sizePx < right * sizePx && i >= top * sizePx * sizePx && i < bottom * sizePx * sizePx,
            )
            .join()
        })
        expect(new Set(seen).size).toBe(1)
      }
    },
  )

  it.each(['eyeShape', 'eyeSize'])('of the group %s do change it', (id) => {
    const { left, top, right, bottom } = receptiveField(EYE_CORNER, 256, 1)
    const seen = group(id).map((drawing) => {
      const bitmap = drawingBitmap(drawing, 256)
      return [...bitmap].filter((_, i) => i % 256 >= left * 256 && i % 256 < right * 256 && i >= top * 65536 && i < bottom * 65536).join()
    })
    expect(new Set(seen).size).toBeGreaterThan(group(id).length / 2)
  })
})
