/**
 * Files from a folder or a zip → items of a data set, by their paths alone: which side a file belongs to, and which two are a pair. Known are folders A and B (also
 * `trainA`, `testB` …, as the data sets of pix2pix and CycleGAN have them), endings of the name (`anna_A`, `anna_B`), and for pairs a picture that has both halves.
 */

import { grouped } from '../../shared/grouped'
import type { DataSetKind } from '../../storage/trainingRows'

export type Side = 'a' | 'b'

/** A file with its place in what was chosen or dropped, parts divided by `/`. */
export interface Placed<F> {
  readonly path: string
  readonly file: F
}

export interface SortedItem<F> {
  readonly name: string
  /** Its folder says that it is kept from training. */
  readonly heldOut: boolean
  readonly a: F | null
  readonly b: F | null
  /** `a` may hold both halves side by side; only its size can tell. */
  readonly isCombined: boolean
}

export interface Sorted<F> {
  /** In the order of their names, numbers as numbers. */
  readonly items: readonly SortedItem<F>[]
  readonly leftOut: readonly { readonly reason: 'noPartner' | 'twice'; readonly name: string }[]
  /** Files that are no pictures. */
  readonly noPictures: number
}

const PICTURE = /\.(jpe?g|png|webp)$/i
const ZIP = /\.zip$/i
/** Left by file managers; nobody means them. */
const LITTER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i
/** A part of a data set, perhaps, and a side. */
const FOLDER = /^(train|test|val(?:idation)?|held[-_ ]?out)?[-_ ]?(a|b|photos?|pictures?|drawings?|cartoons?|anime)$/i
const HELD_OUT = /^(test|val(idation)?|held[-_ ]?out)([-_ ]?(a|b|photos?|pictures?|drawings?|cartoons?|anime))?$/i
const ENDING = /^(.+?)[-_. ]+(a|b|photo|picture|drawing|cartoon|anime)$/i
const MOST_LETTERS = 80

export const isZip = (name: string): boolean => ZIP.test(name)
const sideOfWord = (word: string): Side => (/^(a|photos?)$/i.test(word) ? 'a' : 'b')

interface Known<F> {
  readonly file: F
  readonly side: Side | null
  readonly heldOut: boolean
  readonly name: string
  /** The same for the two of a pair. */
  readonly key: string
  /** The same for two in folders A and B whose names end in their sides as well; `null` for all others. */
  readonly plain: { readonly key: string; readonly name: string } | null
}

/** What the paths do not say. */
export interface SortingTerms {
  /** Of unpaired files without a side. */
  readonly looseSide?: Side
  /** Photos (A) without a partner are pairs all the same: their side B is to be drawn. */
  readonly keepsLonely?: boolean
}

export function sortFiles<F>(
  files: readonly Placed<F>[],
  kind: DataSetKind,
  { looseSide = 'a', keepsLonely = false }: SortingTerms = {},
): Sorted<F> {
  const meant = files.filter(({ path }) => !LITTER.test(path) && !/(^|\/)dataset\.json$/.test(path))
  const known = meant.filter(({ path }) => PICTURE.test(path)).map(knownOf)
  const sorted = kind === 'pairs' ? pairsOf(known, keepsLonely) : { items: known.map((one) => singleOf(one, looseSide)), leftOut: [] }
  return { ...sorted, items: [...sorted.items].sort(byName), noPictures: meant.length - known.length }
}

/** What the files look like: pairs where two of them belong together or a whole heap has no side, otherwise two heaps. */
export function kindOf<F>(files: readonly Placed<F>[]): DataSetKind {
  const { items } = sortFiles(files, 'pairs')
  return items.some(({ a, b }) => a && b) ? 'pairs' : 'unpaired'
}

function knownOf<F>({ path, file }: Placed<F>): Known<F> {
  const parts = path.split('/')
  const stem = (parts.pop() ?? '').replace(PICTURE, '')
  const place = parts.findLastIndex((part) => FOLDER.test(part))
  const [, part = '', word = ''] = place < 0 ? [] : (FOLDER.exec(parts[place] ?? '') ?? [])
  const [, plain = stem, ending = ''] = ENDING.exec(stem) ?? []
  const folders = parts.map((each, i) => (i === place ? part : each))
  const keyed = (name: string) => ({ name: name.slice(0, MOST_LETTERS), key: [...folders, name].join('/').toLowerCase() })
  const heldOut = parts.some((each) => HELD_OUT.test(each))
  if (!word) return { file, side: ending ? sideOfWord(ending) : null, heldOut, ...keyed(ending ? plain : stem), plain: null }
  const side = sideOfWord(word)
  return { file, side, heldOut, ...keyed(stem), plain: ending && sideOfWord(ending) === side ? keyed(plain) : null }
}

type LeftOut<F> = Sorted<F>['leftOut'][number]

function pairsOf<F>(known: readonly Known<F>[], keepsLonely: boolean): Omit<Sorted<F>, 'noPictures'> {
  const whole = pairUp(known)
  // `A/anna_A.jpg` and `B/anna_B.jpg`; those that have a partner by their whole names (`plan b` in both folders) are gone by now.
  const rest = pairUp(whole.single.map((one) => ({ ...one, ...one.plain })))
  const isKept = ({ side }: Known<F>): boolean => keepsLonely && side === 'a'
  const kept = rest.single.filter(isKept).map(({ name, heldOut, file }) => ({ name, heldOut, a: file, b: null, isCombined: false }))
  const lonely = rest.single.filter((one) => !isKept(one)).map(({ name }) => ({ reason: 'noPartner' as const, name }))
  return { items: [...whole.items, ...rest.items, ...kept], leftOut: [...whole.leftOut, ...rest.leftOut, ...lonely] }
}

function pairUp<F>(known: readonly Known<F>[]) {
  const leftOut: LeftOut<F>[] = []
  const items: SortedItem<F>[] = []
  const single: Known<F>[] = []
  for (const together of grouped(known, ({ key }) => key).values()) {
    const of = (side: Side | null) => together.filter((one) => one.side === side)
    const [as, bs, loose] = [of('a'), of('b'), of(null)]
    // `anna.jpg` beside `anna_B.png` is its photo.
    if (as.length === 0 && bs.length > 0) as.push(...loose.splice(0))
    else if (bs.length === 0 && as.length > 0) bs.push(...loose.splice(0))
    const [a, b] = [as.shift(), bs.shift()]
    if (a && b) items.push({ name: a.name, heldOut: a.heldOut || b.heldOut, a: a.file, b: b.file, isCombined: false })
    else single.push(...[a, b].flatMap((one) => one ?? []))
    leftOut.push(...[...as, ...bs].map(({ name }) => ({ reason: 'twice' as const, name })))
    items.push(...loose.map(({ name, heldOut, file }) => ({ name, heldOut, a: file, b: null, isCombined: true })))
  }
  return { items, leftOut, single }
}

function singleOf<F>({ name, heldOut, file, side }: Known<F>, looseSide: Side): SortedItem<F> {
  const isA = (side ?? looseSide) === 'a'
  return { name, heldOut, a: isA ? file : null, b: isA ? null : file, isCombined: false }
}

const collator = new Intl.Collator('en', { numeric: true })
const byName = (one: { readonly name: string }, other: { readonly name: string }): number => collator.compare(one.name, other.name)
