/**
 * The write-ahead log where there is no private file system (plain http, some private modes): what the database has not confirmed → `localStorage`, in the
 * very task of the pen-up. It survives a page that is killed, closed or reloaded; the browser itself writes it out later, so it never counts as safe.
 */

import { newId } from '../../shared/ids'
import type { AheadLog } from './aheadLog'
import { type PackedRecord, packRecord, readRecords, writeRecords } from './aheadRecord'

/** As much of `Storage` as a log needs. */
export type TextStore = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>

/** As much of a `BroadcastChannel` as pages need to hear of each other; there are no locks on plain http. */
export interface PageChannel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listen: (event: { readonly data: unknown }) => void): void
  close(): void
}

/** A page that does not answer by then is gone. One that lives and was too busy finds its sketch changed, as if by another tab. */
const ANSWER_MS = 400

type Message = { readonly asks: string } | { readonly lives: string }

export interface LocalLogOptions {
  readonly store: TextStore
  /** `null` where pages cannot speak to each other: then every other page counts as gone. */
  readonly channel: PageChannel | null
  readonly answerMs?: number
}

export function openLocalLog(databaseName: string, { store, channel, answerMs = ANSWER_MS }: LocalLogOptions): AheadLog {
  const prefix = `${databaseName}-ahead/`
  const own = `${prefix}${newId()}`
  const records = new Map<string, PackedRecord>()
  const living = new Set<string>([own])
  let taken: readonly string[] = []

  channel?.addEventListener('message', ({ data }) => {
    const message = data as Message
    if ('asks' in message) channel.postMessage({ lives: own } satisfies Message)
    else living.add(message.lives)
  })
  const write = (): void => {
    try {
      if (records.size === 0) store.removeItem(own)
      else store.setItem(own, writeRecords([...records.values()]))
    } catch {
      // Full or forbidden: what was there stays, and stands for itself.
    }
  }
  return {
    put: async (record) => {
      records.set(record.sketchId, packRecord(record))
      write()
      return false
    },
    drop: (sketchId) => {
      if (records.delete(sketchId)) write()
    },
    recover: async () => {
      const others = keysOf(store).filter((key) => key.startsWith(prefix) && key !== own)
      if (others.length === 0) return []
      channel?.postMessage({ asks: own } satisfies Message)
      if (channel) await new Promise((resolve) => setTimeout(resolve, answerMs))
      taken = others.filter((key) => !living.has(key))
      return taken.flatMap((key) => readRecords(store.getItem(key) ?? ''))
    },
    forget: async () => {
      for (const key of taken) store.removeItem(key)
      taken = []
    },
    close: () => channel?.close(),
  }
}

function keysOf(store: TextStore): string[] {
  return Array.from({ length: store.length }, (_, i) => store.key(i)).filter((key) => key !== null)
}

/** `null` where the browser has none, or forbids it. */
export function browserLocalLog(databaseName: string): AheadLog | null {
  try {
    if (typeof window === 'undefined') return null
    const store = window.localStorage
    store.getItem(databaseName)
    const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${databaseName}/ahead`)
    return openLocalLog(databaseName, { store, channel })
  } catch {
    return null
  }
}
