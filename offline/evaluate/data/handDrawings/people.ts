/** Different people, each composed by hand from points placed as an artist would place them over 512 × 512; the pen adds wobble, gaps and second tries. */

import { type Composition, dots, jawOf } from './composition'
import { type Dot, mirrored } from './pen'

export const PEOPLE: readonly Composition[] = [
  {
    name: 'long hair, parted, shaded lids',
    widthPx: 2,
    wobble: 0.9,
    draw(pen, face) {
      face.jaw(jawOf(dots('108,236 114,300 134,368 172,430 222,464 256,468')), 'twice')
      for (const x of [193, 319]) face.eye({ x, y: 248, w: 58, up: 13, down: 8, tilt: 3, manner: 'shaded' })
      face.brows(dots('142,222 172,206 228,216'), 'hatched')
      face.nose({ y: 342, w: 56, manner: 'nostrils' })
      face.mouth({ y: 384, w: 92, upper: 10, lower: 17, corner: 2, manner: 'shaded' })
      const inner: Dot[] = dots('256,96 206,120 138,186 106,270 112,360 128,430 118,506')
      const outer: Dot[] = dots('256,62 186,58 106,104 66,210 52,330 44,420 30,506')
      pen.flow(inner, outer, 20, { from: 0.35, to: 0.55 })
      pen.flow(mirrored(inner), mirrored(outer), 20, { from: 0.35, to: 0.55 })
      pen.line(outer)
      pen.line(mirrored(outer))
      pen.line(dots('196,456 200,484 190,508'), { press: 0.4 })
      pen.line(dots('316,456 312,484 324,508'), { press: 0.4 })
    },
  },
  {
    name: 'full beard, short hair',
    widthPx: 2.5,
    wobble: 1,
    draw(pen, face) {
      face.jaw(jawOf(dots('102,236 106,300 118,366 152,436 206,476 256,484')), 'open')
      for (const x of [194, 318]) face.eye({ x, y: 250, w: 52, up: 9, down: 7, tilt: 1 })
      face.brows(dots('138,226 176,214 230,224'), 'heavy')
      face.nose({ y: 344, w: 74, manner: 'full', top: 246 })
      face.mouth({ y: 388, w: 90, upper: 7, lower: 14 })
      pen.strands(
        dots('116,330 136,392 178,440 256,456 334,440 376,392 396,330'),
        dots('112,360 134,432 184,486 256,502 328,486 378,432 400,360'),
        44,
        { bend: 3 },
      )
      pen.strands(dots('150,380 190,412 256,426 322,412 362,380'), dots('152,412 196,450 256,466 316,450 360,412'), 34, { bend: 3 })
      pen.strands(dots('206,372 230,362 254,358'), dots('192,392 212,374 246,372'), 14, { bend: 2 })
      pen.strands(dots('258,358 282,362 306,372'), dots('266,372 300,374 320,392'), 14, { bend: 2 })
      const sideburn: Dot[] = dots('102,240 104,190 136,146')
      pen.strands(
        [...sideburn, [200, 128], [256, 124], [312, 128], ...mirrored(sideburn).reverse()],
        dots('92,196 92,140 124,96 196,62 270,54 336,64 392,96 420,140 420,196'),
        60,
        { bend: 5, spread: 0.03 },
      )
      pen.hatch(dots('110,170 150,112 250,86 350,106 402,170'), 26, [10, -22], { scatter: 9 })
      pen.line(dots('100,256 80,250 78,290 92,328 106,326'))
      pen.line(dots('412,256 433,251 434,290 420,328 406,326'))
      pen.line(dots('86,268 94,280 90,302'), { press: 0.3 })
      pen.line(dots('426,268 418,280 422,302'), { press: 0.3 })
    },
  },
  {
    name: 'open laugh, teeth, curls',
    widthPx: 2.5,
    wobble: 1.2,
    draw(pen, face) {
      face.jaw(jawOf(dots('104,240 108,300 122,362 160,432 208,472 256,482')), 'line')
      for (const x of [192, 320]) face.eye({ x, y: 248, w: 54, up: 9, down: 4, tilt: 0, manner: 'shaded' })
      face.brows(dots('136,218 178,198 230,214'), 'line')
      face.nose({ y: 336, w: 78, manner: 'base' })
      face.mouth({ y: 384, w: 134, corner: 20, upper: 8, lower: 12, gap: 36, manner: 'teeth' })
      pen.line(dots('214,326 188,346 172,374 176,402'))
      pen.line(dots('298,326 324,346 341,374 336,402'))
      for (const s of [0, 6, 12])
        pen.line(
          [
            [150 - s / 3, 246 + s],
            [134 - s / 3, 244 + 1.6 * s],
          ],
          { press: 0.3 },
        )
      for (const s of [0, 6, 12])
        pen.line(
          [
            [362 + s / 3, 246 + s],
            [378 + s / 3, 244 + 1.6 * s],
          ],
          { press: 0.3 },
        )
      for (let i = 0; i < 34; i++) {
        const angle = Math.PI * (-0.06 + (1.12 * (i % 17)) / 16)
        const far = i < 17 ? 1 : 0.84
        const [x, y] = [256 - 182 * far * Math.cos(angle), 232 - 160 * far * Math.sin(angle)]
        pen.scribble([x + pen.between(-5, 5), y + pen.between(-5, 5)], [21, 19], 1.7)
      }
    },
  },
  {
    name: 'angry, thick pen',
    widthPx: 6,
    wobble: 1.4,
    draw(pen, face) {
      face.jaw(jawOf(dots('100,226 104,300 116,368 150,424 196,474 256,480')), 'line')
      for (const x of [192, 320]) face.eye({ x, y: 252, w: 52, up: 6, down: 8, tilt: -5 })
      face.brows(dots('128,196 172,206 234,236'), 'heavy')
      face.nose({ y: 340, w: 78, manner: 'base' })
      face.mouth({ y: 392, w: 96, corner: -12, upper: 4, lower: 10, manner: 'lips' })
      pen.line(dots('246,226 242,206 248,192'))
      pen.line(dots('267,226 270,206 264,192'))
      pen.line(dots('98,222 104,176 120,150 132,110 160,128 182,90 212,116 246,78 272,114 312,84 330,122 368,104 384,146 408,176 412,224'))
    },
  },
  {
    name: 'old man, wrinkles',
    widthPx: 2,
    wobble: 1.3,
    draw(pen, face) {
      face.jaw(jawOf(dots('106,232 108,300 124,358 148,414 190,458 226,478 256,482')), 'searched')
      for (const x of [192, 320]) face.eye({ x, y: 252, w: 50, up: 7, down: 6, tilt: -3, manner: 'lids' })
      face.brows(dots('134,232 168,212 232,222'), 'hatched')
      face.nose({ y: 350, w: 82, manner: 'full', top: 246 })
      face.mouth({ y: 398, w: 104, corner: -5, upper: 4, lower: 7 })
      for (const [y, w] of dots('136,74 158,92 180,84'))
        pen.line(
          [
            [256 - w, y + 5],
            [230, y - 3],
            [270, y + 2],
            [256 + w, y + 3],
          ],
          { press: 0.35 },
        )
      for (const x of [192, 320]) {
        pen.line(
          [
            [x - 24, 268],
            [x - 2, 277],
            [x + 24, 268],
          ],
          { press: 0.35 },
        )
        pen.line(
          [
            [x - 18, 278],
            [x, 286],
            [x + 20, 277],
          ],
          { press: 0.25 },
        )
      }
      pen.line(dots('210,340 184,366 176,404'))
      pen.line(dots('302,340 329,368 336,406'))
      for (const s of [0, 9, 18]) {
        pen.line(
          [
            [152, 250 + s],
            [130, 244 + 1.9 * s],
          ],
          { press: 0.3 },
        )
        pen.line(
          [
            [360, 250 + s],
            [383, 244 + 1.9 * s],
          ],
          { press: 0.3 },
        )
      }
      pen.line(dots('194,416 200,428 198,440'), { press: 0.3 })
      pen.line(dots('318,416 312,428 314,440'), { press: 0.3 })
      pen.line(dots('150,336 160,362 156,386'), { press: 0.25 })
      pen.strands(dots('108,160 98,200 96,250'), dots('78,172 66,214 72,276'), 14, { bend: 6 })
      pen.strands(dots('404,160 414,200 416,250'), dots('434,172 446,214 440,276'), 14, { bend: -6 })
      pen.line(dots('110,160 140,96 200,66 262,60 326,70 376,100 402,160'))
    },
  },
  {
    name: 'narrow face, bun, thin pen',
    widthPx: 1.2,
    wobble: 0.8,
    draw(pen, face) {
      face.jaw(jawOf(dots('134,230 138,300 152,368 184,438 222,478 256,486')), 'searched')
      for (const x of [202, 310]) face.eye({ x, y: 244, w: 48, up: 11, down: 7, tilt: -3, manner: 'shaded' })
      face.brows(dots('168,216 196,198 234,212'), 'hatched')
      face.nose({ y: 350, w: 44, manner: 'side', lean: 2 })
      face.mouth({ y: 394, w: 70, upper: 10, lower: 15, corner: -1, manner: 'shaded' })
      const [edge, crown]: [Dot[], Dot[]] = [dots('138,236 146,180 184,124 240,76'), dots('254,118 255,104 256,90 256,74')]
      pen.flow(edge, crown, 18, { from: 0.1, to: 0.8, stray: 2 })
      pen.flow(mirrored(edge), mirrored(crown), 18, { from: 0.1, to: 0.8, stray: 2 })
      pen.line(dots('130,240 132,180 164,116 222,80 256,74 292,80 350,118 380,182 382,240'))
      pen.scribble([256, 44], [44, 32], 3.2)
      pen.flow(dots('216,50 240,20 280,18 298,50'), dots('220,60 246,70 272,70 294,58'), 9, { stray: 3 })
      pen.line(dots('222,470 220,494 206,510'))
      pen.line(dots('290,470 293,494 306,510'))
      pen.line(dots('222,72 256,80 290,72'))
      pen.line(dots('136,236 128,270 134,310 128,340'), { press: 0.35 })
    },
  },
  {
    name: 'wide round face, loose fringe',
    widthPx: 3,
    wobble: 1.3,
    draw(pen, face) {
      face.jaw(jawOf(dots('76,250 82,314 104,376 152,432 208,458 256,462')), 'line')
      for (const x of [184, 328]) face.eye({ x, y: 254, w: 60, up: 15, down: 11, tilt: 0, manner: 'lids' })
      face.brows(dots('142,220 180,206 222,216'), 'line')
      face.nose({ y: 332, w: 60, manner: 'base' })
      face.mouth({ y: 378, w: 104, corner: 9, upper: 8, lower: 14 })
      pen.strands(dots('150,84 200,70 256,66 316,70 366,86'), dots('104,196 180,204 256,206 334,204 408,196'), 34, {
        bend: 9,
        shortest: 0.75,
      })
      pen.line(dots('150,82 94,120 62,200 54,290 62,366 84,384'))
      pen.line(dots('364,82 420,122 450,200 458,290 448,368 426,386'))
      const [near, far]: [Dot[], Dot[]] = [dots('140,120 92,200 82,300 92,386'), dots('130,92 66,190 54,300 66,380')]
      pen.flow(near, far, 11)
      pen.flow(mirrored(near), mirrored(far), 11)
      pen.line(dots('206,458 204,488 150,508'))
      pen.line(dots('306,458 308,488 362,508'))
    },
  },
]
