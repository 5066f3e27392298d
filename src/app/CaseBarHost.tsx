/** The bar of a case's session, over whatever screen is open: loaded with case mode. */

import { lazy, Suspense, useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import type { CaseDesk } from '../features/cases/desk'
import { useApp } from './appContext'

const CaseBar = lazy(async () => ({ default: (await import('./caseBar')).CaseBar }))

export function CaseBarHost() {
  const { cases } = useApp()
  const desk = useStore(cases.store, (state) => state.desk)
  return desk ? <Host desk={desk} /> : null
}

function Host({ desk }: { desk: CaseDesk }) {
  const { navigation, studio } = useApp()
  const isShown = useStore(desk.store, (state) => state.open !== null && state.recording !== null)
  const hasUnderlay = useStore(studio.preferences, (state) => state.underlay)
  useLayoutEffect(() => {
    // The frame gives the bar room, and the layout measures the frame.
    document.documentElement.toggleAttribute('data-case-bar', isShown)
    return () => document.documentElement.removeAttribute('data-case-bar')
  }, [isShown])
  if (!isShown) return null
  return (
    <Suspense fallback={null}>
      <CaseBar desk={desk} hasUnderlay={hasUnderlay} onOpen={() => navigation.go('cases')} />
    </Suspense>
  )
}
