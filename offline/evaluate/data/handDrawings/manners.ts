/** Different manners of drawing: turned, in few lines, searching, crooked; composed like `people.ts`. */

import { type Composition, dots, jawOf } from './composition'
import { type Dot, mirrored } from './pen'

export const MANNERS: readonly Composition[] = [
  {
    name: 'off-centre, turned, small',
    widthPx: 2.5,
    wobble: 1,
    place: { scale: 0.78, turn: -10, dx: 52, dy: -22 },
    draw(pen, face) {
      face.jaw(dots('122,228 118,296 128,358 160,424 208,462 246,470 300,458 352,424 388,360 400,300 404,240'), 'twice')
      face.eye({ x: 186, y: 248, w: 46, up: 11, down: 8, tilt: 2, look: -3, manner: 'shaded' })
      face.eye({ x: 302, y: 247, w: 56, up: 12, down: 8, tilt: 2, look: -4, manner: 'shaded' })
      face.brow(dots('152,218 178,206 214,216'), 'heavy')
      face.brow(dots('352,222 318,204 264,216'), 'heavy')
      face.nose({ x: 238, y: 342, w: 62, top: 252, lean: 6, manner: 'side' })
      face.mouth({ x: 240, y: 386, w: 90, corner: 5, upper: 9, lower: 15, crooked: -2 })
      pen.flow(dots('330,64 240,60 150,104 116,190 120,236'), dots('336,110 272,130 206,164 160,190 134,196'), 20, { stray: 6 })
      pen.flow(dots('330,70 384,100 422,180 412,250'), dots('330,112 366,140 394,190 400,236'), 11)
      pen.line(dots('120,232 106,170 138,104 210,64 300,60 380,96 424,170 410,250'))
      pen.line(dots('406,250 426,246 430,284 404,310'))
    },
  },
  {
    name: 'few lines, marker',
    widthPx: 8,
    wobble: 1.6,
    draw(pen, face) {
      face.jaw(jawOf(dots('104,240 110,300 128,362 162,428 210,464 256,472')), 'line')
      for (const x of [194, 318]) face.eye({ x, y: 250, w: 48, up: 11, down: 8, tilt: 0, manner: 'simple' })
      face.brows(dots('142,212 178,200 226,210'), 'line')
      face.nose({ y: 340, w: 52, manner: 'nostrils' })
      face.mouth({ y: 384, w: 96, corner: 8, manner: 'line' })
      pen.line(dots('104,240 92,160 150,84 256,58 360,84 420,160 408,240'))
      pen.line(dots('110,214 170,180 226,120 300,168 404,212'))
    },
  },
  {
    name: 'searching ballpoint, double lines',
    widthPx: 1,
    wobble: 0.9,
    draw(pen, face) {
      face.jaw(jawOf(dots('106,236 110,300 126,366 164,434 212,470 256,478')), 'searched')
      pen.searched(dots('104,248 112,320 138,390 186,452 256,482 330,450 376,388 402,318 410,246'), 8, -0.08, 4)
      for (const x of [193, 320]) {
        face.eye({ x, y: 246, w: 58, up: 13, down: 9, tilt: 2, manner: 'searched' })
        pen.scribble([x, 248], [10, 9], 4, 0.7)
      }
      face.brows(dots('138,222 172,204 230,218'), 'hatched')
      pen.searched(dots('138,220 172,203 230,217'), 3, -0.15)
      pen.searched(dots('374,220 340,203 282,217'), 3, -0.15)
      face.nose({ y: 344, w: 64, manner: 'full', top: 250 })
      face.mouth({ y: 384, w: 102, upper: 12, lower: 18 })
      pen.searched(dots('205,384 240,373 256,376 274,372 308,384'), 3, -0.2, 2)
      pen.searched(dots('104,236 90,160 140,90 256,58 368,88 424,160 410,236'), 12, -0.1, 5)
      pen.strands(dots('150,90 220,70 300,70 366,92'), dots('108,210 190,150 330,150 404,214'), 26, { bend: 14 })
      pen.hatch(dots('118,330 140,390 176,436'), 16, [16, -12], { scatter: 4, press: 0.25 })
    },
  },
  {
    name: 'ponytail, one line for the mouth',
    widthPx: 2.5,
    wobble: 1,
    draw(pen, face) {
      face.jaw(jawOf(dots('108,240 114,304 136,370 186,432 228,462 256,468')), 'line')
      for (const x of [190, 322]) face.eye({ x, y: 250, w: 62, up: 17, down: 10, tilt: -2, manner: 'shaded' })
      face.brows(dots('144,212 180,196 226,206'), 'line')
      face.nose({ y: 338, w: 44, manner: 'nostrils' })
      face.mouth({ y: 384, w: 84, corner: 7, manner: 'line' })
      pen.line(dots('108,246 98,170 142,96 232,62 322,72 390,120 412,190 404,244'))
      pen.strands(dots('330,80 280,70 220,72 160,96'), dots('406,206 330,176 210,176 110,210'), 28, { bend: 16 })
      pen.flow(dots('392,116 446,136 486,220 482,320 458,380'), dots('398,142 430,176 448,240 446,310 452,360'), 12)
      pen.line(dots('384,110 398,124 402,146'))
      pen.line(dots('214,462 214,490 180,510'))
      pen.line(dots('298,462 298,490 334,510'))
      pen.line(dots('386,112 440,130 486,220 484,320 462,366'))
    },
  },
  {
    name: 'sloppy and crooked',
    widthPx: 3.5,
    wobble: 2.4,
    draw(pen, face) {
      face.jaw(dots('96,222 92,300 120,378 170,440 244,466 318,462 372,408 398,340 396,240'), 'open')
      face.eye({ x: 188, y: 258, w: 60, up: 13, down: 12, tilt: -2, manner: 'lids' })
      face.eye({ x: 324, y: 242, w: 50, up: 15, down: 8, tilt: 3, manner: 'lids' })
      face.brow(dots('140,226 184,212 228,228'), 'line')
      face.brow(dots('366,208 326,188 284,210'), 'line')
      face.nose({ x: 262, y: 340, w: 68, top: 252, lean: -8, manner: 'side' })
      face.mouth({ x: 250, y: 388, w: 112, corner: 4, upper: 10, lower: 14, crooked: -9 })
      pen.line(dots('96,226 86,140 150,80 250,62 352,86 412,150 398,244'))
      for (const x of [120, 150, 190, 236, 282, 322, 360, 388])
        pen.line([
          [256 + (x - 256) * 0.7, 76],
          [x - 4, 120],
          [x + pen.between(-14, 14), 168 + pen.between(-16, 20)],
        ])
      pen.line(dots('92,250 66,244 70,300 98,312'))
      pen.line(dots('398,246 424,238 426,296 398,306'))
    },
  },
  {
    name: 'moustache, stubble, side parting',
    widthPx: 2,
    wobble: 1,
    draw(pen, face) {
      face.jaw(jawOf(dots('100,236 104,306 114,372 154,438 208,470 256,474')), 'line')
      for (const x of [194, 318]) face.eye({ x, y: 250, w: 54, up: 9, down: 7, tilt: 2, manner: 'lids' })
      face.brows(dots('136,224 174,210 232,222'), 'hatched')
      face.nose({ y: 340, w: 70, manner: 'side', lean: -2 })
      face.mouth({ y: 388, w: 94, upper: 6, lower: 14, corner: 2 })
      pen.strands(dots('254,352 234,356 212,366'), dots('240,376 212,380 184,388'), 18, { bend: 3 })
      pen.strands(dots('258,352 278,356 300,366'), dots('272,376 300,380 328,388'), 18, { bend: -3 })
      pen.hatch(dots('130,388 164,426 214,452 256,456 300,452 348,426 382,388'), 52, [1, 7], { scatter: 13, press: 0.4 })
      pen.hatch(dots('216,420 256,426 296,420'), 18, [0, 7], { scatter: 8, press: 0.4 })
      pen.flow(dots('176,92 240,62 340,74 408,140 412,232'), dots('168,124 236,116 320,146 384,178 400,236'), 26, { stray: 5 })
      pen.flow(dots('172,92 122,112 98,170 102,236'), dots('166,124 140,146 118,184 110,222'), 14)
      pen.line(dots('102,240 94,170 120,108 178,82 270,62 360,84 412,140 410,240'))
    },
  },
  {
    name: 'grin, freckles, braids',
    widthPx: 3,
    wobble: 1.2,
    draw(pen, face) {
      face.jaw(jawOf(dots('98,244 104,310 124,374 170,436 214,462 256,468')), 'line')
      for (const x of [188, 324]) face.eye({ x, y: 250, w: 58, up: 14, down: 8, tilt: 1, manner: 'lids' })
      face.brows(dots('142,214 182,196 228,210'), 'line')
      face.nose({ y: 334, w: 56, manner: 'base' })
      face.mouth({ y: 376, w: 122, corner: 16, upper: 6, lower: 9, gap: 24, manner: 'teeth' })
      for (let i = 0; i < 16; i++) {
        const x = pen.between(150, 210)
        pen.line([[i % 2 ? x : 512 - x, pen.between(284, 322)]], { press: 0.5 })
      }
      const [low, high]: [Dot[], Dot[]] = [dots('254,92 214,140 150,188 102,256'), dots('252,66 170,76 100,140 84,260')]
      pen.flow(low, high, 15)
      pen.flow(mirrored(low), mirrored(high), 15)
      pen.line(dots('98,250 86,170 132,96 256,66 380,96 426,170 414,250'))
      for (const s of [-1, 1]) {
        const x = 256 + s * 182
        for (let i = 0; i < 6; i++) {
          const y = 300 + 30 * i
          pen.line([
            [x - 16, y],
            [x - 2, y + 20],
            [x + 15, y + 4],
            [x + 2, y + 28],
            [x - 15, y + 30],
          ])
        }
        pen.line([
          [x - 4, 484],
          [x - 12, 506],
        ])
        pen.line([
          [x + 2, 484],
          [x + 6, 508],
        ])
      }
    },
  },
]
