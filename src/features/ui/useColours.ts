/** Colours of what is drawn on a canvas, as the theme and contrast settings have them. */

import { useMemo, useSyncExternalStore } from 'react'

export interface Colours {
  readonly line: string
  readonly text: string
  readonly grid: string
}

const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']

function subscribe(onChange: () => void): () => void {
  const watched = QUERIES.map((query) => window.matchMedia(query))
  for (const query of watched) query.addEventListener('change', onChange)
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    observer.disconnect()
    for (const query of watched) query.removeEventListener('change', onChange)
  }
}

/** As one text, so that it is the same until a colour changes. */
function read(): string {
  if (window.matchMedia('(forced-colors: active)').matches) return 'Highlight,CanvasText,GrayText'
  const style = getComputedStyle(document.documentElement)
  return ['--accent', '--muted', '--line'].map((name) => style.getPropertyValue(name).trim()).join()
}

/** The same object until a colour changes. */
export function useColours(): Colours {
  const written = useSyncExternalStore(subscribe, read)
  return useMemo(() => {
    const [line = '', text = '', grid = ''] = written.split(',')
    return { line, text, grid }
  }, [written])
}
