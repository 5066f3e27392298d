/** The top bar: name of the drawing, whether it is saved, and the ways to everything that is not drawing. */

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Icon } from '../features/ui/Icon'
import { IconButton } from '../features/ui/IconButton'
import { useMessages } from '../features/ui/i18n/I18n'
import { isComposing } from '../features/ui/keyPress'
import { useApp } from './appContext'
import { FilmProgress } from './film/FilmProgress'
import { FileMenu, LanguageButton, MoreMenu, ThemeMenu, TrainingMenu } from './menus'
import { SaveState } from './SaveState'

export function TopBar({ compact }: { compact: boolean }) {
  const m = useMessages()
  const { ui } = useApp()
  return (
    <header className="top-bar">
      <span className="brand" aria-hidden="true">
        <Icon name="meanFace" size={22} />
      </span>
      <h1 className="visually-hidden">{m.app.title}</h1>
      <DocumentName />
      <SaveState compact={compact} />
      {compact ? null : <FilmProgress />}
      <span className="top-bar-space" />
      {compact ? null : <Privacy />}
      <ScreenButtons compact={compact} />
      {compact ? (
        <MoreMenu />
      ) : (
        <>
          <TrainingMenu />
          <FileMenu />
          <LanguageButton />
          <ThemeMenu />
          <IconButton icon="sliders" label={m.settings.title} onClick={() => ui.setState({ dialog: { kind: 'settings' } })} />
          <IconButton
            icon="help"
            label={m.topBar.help}
            keys={['?']}
            onClick={() => ui.setState({ dialog: { kind: 'help', section: 'shortcuts' } })}
          />
        </>
      )}
    </header>
  )
}

function ScreenButtons({ compact }: { compact: boolean }) {
  const m = useMessages()
  const { navigation } = useApp()
  return navigation.screens.map(({ id, entry }) =>
    entry && !entry.inMenu ? (
      <button key={id} type="button" className="button bar-button" onClick={() => navigation.go(id)}>
        <Icon name={entry.icon} size={18} />
        <span className={compact ? 'visually-hidden' : undefined}>{entry.label(m)}</span>
      </button>
    ) : null,
  )
}

function Privacy() {
  const m = useMessages()
  const { ui } = useApp()
  return (
    <button type="button" className="button quiet privacy" onClick={() => ui.setState({ dialog: { kind: 'help', section: 'privacy' } })}>
      <Icon name="shield" size={16} />
      <span>{m.topBar.privacy}</span>
    </button>
  )
}

/** Committed when the field is left or Enter is pressed, as one undoable edit. */
function DocumentName() {
  const m = useMessages()
  const { editor } = useApp().studio
  const name = useStore(editor.documentStore, (state) => state.document.name)
  const [draft, setDraft] = useState(name)
  useEffect(() => setDraft(name), [name])
  return (
    <input
      className="document-name"
      aria-label={m.topBar.documentName}
      placeholder={m.topBar.untitled}
      value={draft}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => editor.commands.rename(draft.trim())}
      onKeyDown={(event) => {
        // Enter and Escape are the input method's while it composes.
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setDraft(name)
      }}
    />
  )
}
