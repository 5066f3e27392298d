/** What an empty page says: how to begin, and an example on request. Gone with the first stroke of one's own. */

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { type ExampleStroke, showMe } from './showMe'

/** On a page smaller than this a button would be in the way. */
const LEAST_PAGE_PX = 280

export function FirstMinute({ pagePx }: { pagePx: number }) {
  const m = useMessages()
  const { editor } = useStudio()
  const isEmpty = useStore(editor.documentStore, (state) => state.document.strokes.length === 0)
  const [step, setStep] = useState<ExampleStroke['id'] | null>(null)
  const [show, setShow] = useState<AbortController | null>(null)

  useEffect(() => {
    if (!show) return
    const { signal } = show
    const stop = (): void => show.abort()
    // The pen is the person's as soon as they want it.
    window.addEventListener('pointerdown', stop, { signal, capture: true })
    window.addEventListener('keydown', stop, { signal, capture: true })
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const wait = (ms: number): Promise<void> =>
      new Promise((done) => {
        // Without motion the lines come whole, with time to look.
        const timer = setTimeout(done, still && ms < 100 ? 0 : ms)
        signal.addEventListener('abort', () => {
          clearTimeout(timer)
          done()
        })
      })
    void showMe({ editor, signal, onStroke: setStep, wait }).finally(() => {
      stop()
      setShow(null)
      setStep(null)
    })
    return stop
  }, [show, editor])

  if (step)
    return (
      <p className="page-hint" role="status">
        {m.firstMinute.steps[step]}
      </p>
    )
  if (!isEmpty) return null
  return (
    <div className="page-hint">
      <p aria-hidden="true">{m.page.emptyHint}</p>
      {pagePx >= LEAST_PAGE_PX ? (
        <button type="button" className="button" onClick={() => setShow(new AbortController())}>
          {m.firstMinute.showMe}
        </button>
      ) : null}
    </div>
  )
}
