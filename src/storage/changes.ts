/** Tells listeners in this tab, and in others on the same database, that the list of sketches has changed. */

export interface LibraryChanges {
  announce(): void
  subscribe(listener: () => void): () => void
  close(): void
}

/** @param channelName `null` keeps the news in this tab (a database in memory has no other) */
export function openChanges(channelName: string | null): LibraryChanges {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const channel = channelName !== null && typeof BroadcastChannel !== 'undefined' ? new BroadcastChannel(channelName) : null
  if (channel) channel.onmessage = tell
  return {
    announce: () => {
      tell()
      channel?.postMessage('changed')
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
      channel?.close()
    },
  }
}
