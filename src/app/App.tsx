/** The shell: languages, theme, layout, and the dialogs round the studio. */

import { Tooltip } from 'radix-ui'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { StudioContext } from '../features/studio/studioContext'
import { I18n, useMessages } from '../features/ui/i18n/I18n'
import { languageOf } from '../features/ui/i18n/messages'
import { isComposing, meantKey } from '../features/ui/keyPress'
import { ToastList } from '../features/ui/ToastList'
import { applyTheme, useTheme } from '../features/ui/theme'
import { AppBoundary } from './AppBoundary'
import { AppDialogs } from './AppDialogs'
import { AppContext, type AppServices, useApp } from './appContext'
import { CaseBarHost } from './CaseBarHost'
import { FilmProgress } from './film/FilmProgress'
import { chooseLayout, isForThumbs, type Layout } from './layout'
import { ReadingVeil } from './ReadingVeil'
import { ScreenHost } from './screens/ScreenHost'
import { TopBar } from './TopBar'
import { type FileTaker, useFileDrop } from './useFileDrop'

export function App({ services }: { services: AppServices }) {
  const { preferences } = services.studio
  const locale = useStore(preferences, (state) => state.locale)
  const theme = useTheme(useStore(preferences, (state) => state.theme))
  useLayoutEffect(() => applyTheme(theme), [theme])
  return (
    <I18n language={languageOf(locale)}>
      <AppContext value={services}>
        <StudioContext value={services.studio}>
          <Tooltip.Provider delayDuration={600} skipDelayDuration={200}>
            <AppBoundary editor={services.studio.editor}>
              <Shell />
            </AppBoundary>
          </Tooltip.Provider>
        </StudioContext>
      </AppContext>
    </I18n>
  )
}

function Shell() {
  const m = useMessages()
  const services = useApp()
  const { navigation, ui, toasts } = services
  const frame = useRef<HTMLDivElement>(null)
  const layout = useLayout(frame)
  useFileDrop(useFileTaker(services), ui)
  useHelpKey()
  const dropping = useStore(ui, (state) => state.dropping)
  const reading = useStore(ui, (state) => state.reading)
  const compact = layout !== null && isForThumbs(layout.arrangement)
  useTitle()
  return (
    <>
      <CaseBarHost />
      <div ref={frame} className="frame">
        {layout ? (
          <>
            <button type="button" className="button skip" onClick={() => frame.current?.querySelector<HTMLElement>('.surface')?.focus()}>
              {m.app.skipToSketch}
            </button>
            <TopBar compact={compact} />
            <ScreenHost navigation={navigation} services={services} layout={layout} />
          </>
        ) : null}
        <AppDialogs />
        {compact ? <FilmProgress /> : null}
        <ToastList toasts={toasts} />
        {reading ? <ReadingVeil reading={reading} /> : dropping ? <div className="drop-veil">{m.file.dropHere}</div> : null}
      </div>
    </>
  )
}

/** Files go to the screen that the person looks at. */
function useFileTaker(services: AppServices): FileTaker {
  return useMemo(
    () => ({
      importFiles: (files) => services.navigation.takeFiles(files, services),
      refuseOther: services.imports.refuseOther,
      pasteStrokes: (data) => services.navigation.isOnGround() && !document.querySelector('dialog:modal') && services.strokes.paste(data),
      takesFolders: services.navigation.takesFolders,
    }),
    [services],
  )
}

function useTitle(): void {
  const m = useMessages()
  const { editor } = useApp().studio
  const name = useStore(editor.documentStore, (state) => state.document.name)
  useEffect(() => {
    document.title = name ? `${name} – ${m.app.title}` : m.app.title
  }, [m, name])
}

/** Follows the size of the frame (the window without notches). */
function useLayout(frame: React.RefObject<HTMLDivElement | null>): Layout | null {
  const [layout, setLayout] = useState<Layout | null>(null)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = (): void => {
      const next = chooseLayout(element.clientWidth, element.clientHeight)
      setLayout((now) => (now && sameLayout(now, next) ? now : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return layout
}

function sameLayout(a: Layout, b: Layout): boolean {
  return a.arrangement === b.arrangement && a.pagePx === b.pagePx && a.facePx === b.facePx && a.isNarrow === b.isNarrow
}

/** `?` needs the shell, so it is not in the studio's table. */
function useHelpKey(): void {
  const { ui, keeper, files } = useApp()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isComposing(event)) return
      const meant = meantKey(event)
      if (meant.ctrl && meant.key === 's') {
        event.preventDefault()
        void keeper.flush()
        if (!event.repeat && files.isPossible && files.hasFile()) void files.save()
        return
      }
      const isTyping = event.target instanceof HTMLInputElement && event.target.type !== 'radio'
      if (meant.key !== '?' || meant.ctrl || isTyping || document.querySelector('dialog:modal')) return
      event.preventDefault()
      ui.setState({ dialog: { kind: 'help', section: 'shortcuts' } })
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [ui, keeper, files])
}
