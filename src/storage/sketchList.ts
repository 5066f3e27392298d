/** The list of the sketch database: rows and a query → the page to show. Some thousand small rows are searched faster than an index is kept. */

import { foldText } from '../shared/foldText'
import type { SketchRow, ThumbnailRow } from './rows'
import type { SketchQuery, SketchSummary } from './types'

const DEFAULT_LIMIT = 60

function matches(row: SketchRow, words: readonly string[], { tags = [], deleted = false }: SketchQuery): boolean {
  if ((row.deletedAt !== null) !== deleted) return false
  if (!tags.every((tag) => row.tags.includes(tag))) return false
  const texts = [row.name, ...row.tags].map(foldText)
  return words.every((word) => texts.some((text) => text.includes(word)))
}

/** Every matching row, newest change first, and the part of them that the query asks for. */
export function queryRows(rows: readonly SketchRow[], query: SketchQuery): { page: SketchRow[]; total: number } {
  const words = foldText(query.text ?? '')
    .split(/\s+/u)
    .filter((word) => word !== '')
  const found = rows.filter((row) => matches(row, words, query)).sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1))
  const offset = query.offset ?? 0
  return { page: found.slice(offset, offset + (query.limit ?? DEFAULT_LIMIT)), total: found.length }
}

export function countTags(rows: readonly SketchRow[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (row.deletedAt !== null) continue
    for (const tag of row.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
}

export function toSummary(row: SketchRow, thumbnails: ThumbnailRow | undefined): SketchSummary {
  const { id, name, tags, createdAt, updatedAt, deletedAt, strokeCount, look } = row
  const pictures = { sketch: thumbnails?.sketch ?? null, face: thumbnails?.face ?? null }
  return { id, name, tags, createdAt, updatedAt, deletedAt, strokeCount, look, thumbnails: pictures }
}
