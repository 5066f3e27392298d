/** The sketches that match a query, kept up to date with changes from this tab and others. */

import { useCallback, useEffect, useRef, useState } from 'react'
import type { SketchQuery, SketchSummary, StudioStorage } from '../../storage/types'

const PAGE = 60

export interface SketchList {
  readonly items: readonly SketchSummary[]
  readonly total: number
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
  readonly isLoaded: boolean
  readonly showMore: () => void
}

type Query = Required<Pick<SketchQuery, 'text' | 'tags' | 'deleted'>>

export function useSketchList(storage: StudioStorage, query: Query): SketchList {
  const [state, setState] = useState<Omit<SketchList, 'showMore'>>({ items: [], total: 0, tags: [], isLoaded: false })
  const [limit, setLimit] = useState(PAGE)
  const newest = useRef(0)
  const { text, deleted } = query
  const tag = query.tags[0]

  useEffect(() => {
    const load = async (): Promise<void> => {
      const turn = ++newest.current
      const [page, tags] = await Promise.all([
        storage.sketches.list({ text, deleted, limit, tags: tag === undefined ? [] : [tag] }),
        storage.sketches.tags(),
      ])
      if (turn === newest.current) setState({ items: page.items, total: page.total, tags, isLoaded: true })
    }
    const reload = (): void => void load().catch(() => undefined)
    reload()
    return storage.sketches.onChange(reload)
  }, [storage, text, deleted, tag, limit])

  return { ...state, showMore: useCallback(() => setLimit((now) => now + PAGE), []) }
}
