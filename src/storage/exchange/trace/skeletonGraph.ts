/**
 * Skeleton → lines: pixels with two neighbours are followed from end to end, junction to junction; spurs that thinning leaves are cut off; and
 * at a junction the lines that go straight on are joined, as a person drew them.
 */

/** A run of skeleton pixels between two nodes; node −1 is none (a closed loop). */
interface Edge {
  readonly from: number
  readonly to: number
  /** Pixel indices, the nodes' own included. */
  readonly pixels: readonly number[]
}

/** One end of an edge: 2 · edge for its first pixel, 2 · edge + 1 for its last. */
type EdgeEnd = number

/** Pixels back from a junction over which a line's direction is measured. */
const DIRECTION_REACH = 8
/** Lines are joined across a junction if they bend by less than about 60°. */
const STRAIGHT_COSINE = -0.5

/** Lines as pixel indices; a closed one ends with its first pixel; a line of one pixel is a dot. */
export function followLines(skeleton: Uint8Array, width: number, spurLengthAt: (pixel: number) => number): number[][] {
  const nodes = labelNodes(skeleton, width)
  const all = collectEdges(skeleton, width, nodes)
  const degree = countEnds(all)
  const isSpur = ({ from, to, pixels }: Edge): boolean => {
    const ends = [from, to].map((node) => (degree.get(node) ?? 0) > 1)
    const junction = ends[0] ? pixels[0] : pixels.at(-1)
    return from !== to && ends[0] !== ends[1] && pixels.length <= spurLengthAt(junction ?? 0)
  }
  const edges = all.filter((edge) => !isSpur(edge))
  return [...joinEdges(edges, width), ...dots(skeleton, width)]
}

const around = (width: number): number[] => [-width, 1, width, -1, -width - 1, -width + 1, width - 1, width + 1]

/** Per pixel: 0 none, else the number of the end or junction that it belongs to. Adjacent junction pixels are one junction. */
function labelNodes(skeleton: Uint8Array, width: number): Int32Array {
  const offsets = around(width)
  const degree = (pixel: number): number => offsets.reduce((sum, offset) => sum + (skeleton[pixel + offset] ?? 0), 0)
  const labels = new Int32Array(skeleton.length)
  let next = 1
  for (let pixel = 0; pixel < skeleton.length; pixel++) {
    if (!skeleton[pixel] || labels[pixel] !== 0) continue
    const count = degree(pixel)
    if (count === 2 || count === 0) continue
    const cluster = [pixel]
    labels[pixel] = next
    for (let i = 0; count > 2 && i < cluster.length; i++) {
      for (const offset of offsets) {
        const neighbour = (cluster[i] ?? 0) + offset
        if (!skeleton[neighbour] || labels[neighbour] !== 0 || degree(neighbour) < 3) continue
        labels[neighbour] = next
        cluster.push(neighbour)
      }
    }
    next++
  }
  return labels
}

function collectEdges(skeleton: Uint8Array, width: number, nodes: Int32Array): Edge[] {
  const offsets = around(width)
  const visited = new Uint8Array(skeleton.length)
  const edges: Edge[] = []
  const neighbours = (pixel: number): number[] => offsets.map((offset) => pixel + offset).filter((index) => skeleton[index])
  const follow = (start: number, first: number): void => {
    const pixels = [start]
    let current = first
    while (nodes[current] === 0) {
      visited[current] = 1
      pixels.push(current)
      const onward = neighbours(current).find((pixel) => pixel !== pixels.at(-2) && (!visited[pixel] || pixel === start))
      if (onward === undefined) break
      current = onward
      if (current === start && nodes[start] === 0) break
    }
    if (pixels.at(-1) !== current) pixels.push(current)
    edges.push({ from: nodes[start] || -1, to: nodes[current] || -1, pixels })
  }
  for (let pixel = 0; pixel < skeleton.length; pixel++) {
    if (!skeleton[pixel] || nodes[pixel] === 0) continue
    for (const neighbour of neighbours(pixel)) {
      const other = nodes[neighbour]
      // Two nodes side by side are seen from both: take the edge once.
      if (other === 0 ? !visited[neighbour] : other !== nodes[pixel] && pixel < neighbour) follow(pixel, neighbour)
    }
  }
  for (let pixel = 0; pixel < skeleton.length; pixel++) {
    const [first] = skeleton[pixel] && nodes[pixel] === 0 && !visited[pixel] ? neighbours(pixel) : []
    if (first === undefined) continue
    visited[pixel] = 1
    follow(pixel, first)
  }
  return edges
}

function countEnds(edges: readonly Edge[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { from, to } of edges) for (const node of [from, to]) counts.set(node, (counts.get(node) ?? 0) + 1)
  return counts
}

function dots(skeleton: Uint8Array, width: number): number[][] {
  const found: number[][] = []
  const offsets = around(width)
  for (let pixel = 0; pixel < skeleton.length; pixel++) {
    if (skeleton[pixel] && offsets.every((offset) => !skeleton[pixel + offset])) found.push([pixel])
  }
  return found
}

function joinEdges(edges: readonly Edge[], width: number): number[][] {
  const partners = pairEnds(edges, width)
  const used = new Set<number>()
  const lines: number[][] = []
  const walk = (start: EdgeEnd): void => {
    const line: number[] = []
    let end: EdgeEnd | undefined = start
    while (end !== undefined && !used.has(end >> 1)) {
      used.add(end >> 1)
      const pixels = edges[end >> 1]?.pixels ?? []
      line.push(...(end % 2 === 0 ? pixels : pixels.toReversed()))
      end = partners.get(end ^ 1)
    }
    if (line.length > 0) lines.push(line)
  }
  for (let end = 0; end < 2 * edges.length; end++) if (!partners.has(end)) walk(end)
  for (let end = 0; end < 2 * edges.length; end++) walk(end)
  return lines
}

/** At every node, the two ends that go straight on belong together, then the next two; where only two meet they always do. */
function pairEnds(edges: readonly Edge[], width: number): Map<EdgeEnd, EdgeEnd> {
  const meeting = new Map<number, EdgeEnd[]>()
  for (const [i, { from, to }] of edges.entries()) {
    for (const [side, node] of [from, to].entries()) {
      if (node >= 0) meeting.set(node, [...(meeting.get(node) ?? []), 2 * i + side])
    }
  }
  const partners = new Map<EdgeEnd, EdgeEnd>()
  for (const ends of meeting.values()) {
    const pairs = ends.flatMap((a, i) => ends.slice(i + 1).map((b) => ({ a, b, cosine: cosineBetween(edges, a, b, width) })))
    pairs.sort((one, other) => one.cosine - other.cosine)
    for (const { a, b, cosine } of pairs) {
      if (partners.has(a) || partners.has(b) || (ends.length > 2 && cosine > STRAIGHT_COSINE)) continue
      partners.set(a, b)
      partners.set(b, a)
    }
  }
  return partners
}

/** −1 when two ends leave their node in opposite directions. */
function cosineBetween(edges: readonly Edge[], a: EdgeEnd, b: EdgeEnd, width: number): number {
  const [ax, ay] = directionOf(edges, a, width)
  const [bx, by] = directionOf(edges, b, width)
  return (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by) || 1)
}

function directionOf(edges: readonly Edge[], end: EdgeEnd, width: number): [number, number] {
  const pixels = edges[end >> 1]?.pixels ?? []
  const at = (i: number): number => (end % 2 === 0 ? pixels[i] : pixels[pixels.length - 1 - i]) ?? 0
  const [near, far] = [at(0), at(Math.min(DIRECTION_REACH, pixels.length - 1))]
  return [(far % width) - (near % width), Math.floor(far / width) - Math.floor(near / width)]
}
