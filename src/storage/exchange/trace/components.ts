/** Connected pieces of a mask, with what tells a line from a hole, a border or dirt. */

export interface InkMask {
  readonly width: number
  readonly height: number
  /** 1 where there is ink, else 0. The outermost pixels are always 0. */
  readonly ink: Uint8Array
}

export interface Piece {
  readonly pixels: readonly number[]
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Pieces of pixels that touch, corners included. The outermost pixels of a mask must be 0. */
export function piecesOf(mask: Uint8Array, width: number): Piece[] {
  const seen = new Uint8Array(mask.length)
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]
  const pieces: Piece[] = []
  for (let start = 0; start < mask.length; start++) {
    if (!mask[start] || seen[start]) continue
    const pixels = [start]
    seen[start] = 1
    let [left, top, right, bottom] = [width, mask.length, 0, 0]
    for (let next = 0; next < pixels.length; next++) {
      const pixel = pixels[next] ?? 0
      const [x, y] = [pixel % width, Math.floor(pixel / width)]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      for (const offset of around) {
        const neighbour = pixel + offset
        if (!mask[neighbour] || seen[neighbour]) continue
        seen[neighbour] = 1
        pixels.push(neighbour)
      }
    }
    pieces.push({ pixels, left, top, right, bottom })
  }
  return pieces
}
