/** Doodles in a manner of their own: a head of one closed line, and eyes, nose, mouth and hair out of a box of simple signs. No two share all of them. */

import type { Drawing, Line } from '../../../src/lab/drawingSet'
import { arc, type Dot, penLine, traced } from './pen'
import type { Random } from './person'

const TREMOR_PX = 2
type Sign = (random: Random) => Dot[][]

const both = (sign: (side: -1 | 1) => Dot[][]): Dot[][] => [...sign(-1), ...sign(1)]
const eyeAt = (side: -1 | 1): Dot => [256 + side * 66, 248]

/** A head whose outline swells as |cos|, |sin| to a power: round, pear, or nearly a box. */
const head = (rx: number, ry: number, power: number, pear: number): Dot[] =>
  traced((t) => {
    const angle = 2 * Math.PI * t
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const x = Math.sign(c) * Math.abs(c) ** power
    const y = Math.sign(s) * Math.abs(s) ** power
    return [256 + rx * x * (1 + pear * y), 285 + ry * y]
  }, 48)

const EYES: readonly Sign[] = [
  () => both((side) => [arc(eyeAt(side), 16, 16), arc(eyeAt(side), 3, 3)]),
  () => both((side) => [arc([eyeAt(side)[0], 252], 24, 16, 0.5, 1)]),
  () =>
    both((side) => [
      [
        [eyeAt(side)[0] - 18, 236],
        [eyeAt(side)[0] + 18, 262],
      ],
      [
        [eyeAt(side)[0] + 18, 236],
        [eyeAt(side)[0] - 18, 262],
      ],
    ]),
  () => both((side) => [traced((t) => [eyeAt(side)[0] + 20 * t * Math.cos(12 * t), 248 + 20 * t * Math.sin(12 * t)], 30)]),
  () =>
    both((side) => [
      [
        [eyeAt(side)[0] - 24, 256],
        [eyeAt(side)[0], 232],
        [eyeAt(side)[0] + 24, 256],
        [eyeAt(side)[0] - 24, 256],
      ],
    ]),
]
const NOSES: readonly Sign[] = [
  () => [
    [
      [262, 255],
      [238, 325],
      [268, 325],
    ],
  ],
  () => [arc([256, 310], 18, 18)],
  () => [arc([244, 322], 4, 4), arc([268, 322], 4, 4)],
  () => [
    [
      [256, 270],
      [256, 318],
    ],
  ],
]
const MOUTHS: readonly Sign[] = [
  () => [arc([256, 360], 60, 36, 0, 0.5)],
  () => [traced((t) => [200 + 112 * t, 385 + (Math.round(8 * t) % 2 === 0 ? -8 : 8)], 8)],
  () => [arc([256, 388], 26, 22)],
  () => [
    [
      [205, 388],
      [307, 380],
    ],
  ],
  () => [
    arc([256, 372], 56, 38, 0, 0.5),
    [
      [200, 372],
      [312, 372],
    ],
  ],
]
const HAIR: readonly Sign[] = [
  () => [],
  (random) =>
    Array.from(
      { length: 9 },
      (_, i) =>
        [
          [150 + 26 * i, 128 - 12 * Math.sin((Math.PI * i) / 8)],
          [144 + 28 * i + random(8), 62 + random(18)],
        ] as Dot[],
    ),
  () => [traced((t) => [140 + 232 * t + 20 * Math.cos(40 * t), 105 - 26 * Math.sin(Math.PI * t) + 20 * Math.sin(40 * t)], 90)],
  () => [
    traced((t) => [128 + 256 * t, 190 - 120 * Math.sin(Math.PI * t)], 30),
    [
      [256, 72],
      [150, 180],
    ],
  ],
]

/** Of a list, in a stride of its own, so that signs meet in ever new company. */
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

export function doodle(n: number, random: Random): Drawing {
  const outline = head(118 + random(30), 165 + random(25), pick([1, 0.6, 1.2], n), pick([0, 0.16, -0.14, 0.06], n))
  const signs = [pick(EYES, n), pick(NOSES, n + Math.floor(n / 4)), pick(MOUTHS, 2 * n + Math.floor(n / 5)), pick(HAIR, 3 * n)]
  const dots = [outline, ...signs.flatMap((sign) => sign(random))]
  return dots.map((line): Line => penLine(line, random, TREMOR_PX))
}
