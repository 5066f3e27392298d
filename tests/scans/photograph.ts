/** A drawn sheet → the pixels of a scan or a phone picture of it: table, paper, light, blur and noise. */

import type { Recipe } from './recipes'

/** Side of the sheet that is photographed. */
export const BITMAP_PX = 1536

export function photograph(recipe: Recipe, ink: Uint8ClampedArray, random: () => number) {
  const { width, height, quarterTurns = 0 } = recipe
  let planes = new Float32Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [s, t] = onSheet(recipe, x, y)
      const colour = colourAt(recipe, s, t, ink, random)
      const light = recipe.light(x / width, y / height)
      for (let c = 0; c < 3; c++) planes[3 * (y * width + x) + c] = (colour[c] ?? 0) * light
    }
  }
  for (let pass = 0; pass < (recipe.blur ?? 0); pass++) planes = softened(planes, width, height)
  const pixels = Buffer.alloc(4 * width * height, 255)
  const isSideways = quarterTurns % 2 === 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = isSideways ? x * height + (height - 1 - y) : y * width + x
      const noise = recipe.noise * (random() + random() + random() - 1.5) * 1.6
      for (let c = 0; c < 3; c++)
        pixels[4 * target + c] = Math.min(255, Math.max(0, Math.round((planes[3 * (y * width + x) + c] ?? 0) + noise)))
    }
  }
  return { pixels, width: isSideways ? height : width, height: isSideways ? width : height }
}

/** Picture pixel → sheet pixels (512 along the shorter side). */
function onSheet({ width, height, table }: Recipe, x: number, y: number): [number, number] {
  const side = Math.min(width, height) * (table?.share ?? 1)
  const angle = -((table?.turn ?? 0) * Math.PI) / 180
  const [u, v] = [(x - width / 2) / side, (y - height / 2) / side]
  return [512 * (0.5 + u * Math.cos(angle) - v * Math.sin(angle)), 512 * (0.5 + u * Math.sin(angle) + v * Math.cos(angle))]
}

function colourAt(recipe: Recipe, s: number, t: number, ink: Uint8ClampedArray, random: () => number): readonly number[] {
  const isOff = recipe.table && (s < -20 || t < -20 || s > 532 || t > 532)
  if (isOff && recipe.table) {
    const wood = 1 + 0.08 * Math.sin(t / 6 + Math.sin(s / 40))
    return recipe.table.colour.map((channel) => channel * wood)
  }
  if (recipe.holes && [90, 256, 420].some((y) => (s - 22) ** 2 + (t - y) ** 2 < 64)) return [40, 38, 36]
  let paper: readonly number[] = recipe.paper
  if (recipe.rules && (Math.abs(((s + 600) % 21) - 10) < 0.5 || Math.abs(((t + 600) % 21) - 10) < 0.5)) paper = [168, 196, 226]
  const [x, y] = [Math.floor((s * BITMAP_PX) / 512), Math.floor((t * BITMAP_PX) / 512)]
  if (x < 0 || y < 0 || x >= BITMAP_PX || y >= BITMAP_PX) return paper
  const cover = (1 - (ink[y * BITMAP_PX + x] ?? 255) / 255) * recipe.opacity * (1 - (recipe.grain ?? 0) * random())
  return paper.map((channel, c) => channel * (1 - cover) + (recipe.ink[c] ?? 0) * cover)
}

function softened(planes: Float32Array, width: number, height: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(planes.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ] as const)
          sum += planes[3 * (Math.min(height - 1, Math.max(0, y + dy)) * width + Math.min(width - 1, Math.max(0, x + dx))) + c] ?? 0
        out[3 * (y * width + x) + c] = sum / 5
      }
    }
  }
  return out
}
