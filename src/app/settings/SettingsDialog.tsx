/** Everything that a person may set, in one place; most of it also stands where it is used. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../../features/ui/Dialog'
import { ChoiceField, SliderField, SwitchField } from '../../features/ui/fields'
import { canFillScreen, toggleFullScreen } from '../../features/ui/fullScreen'
import { useLanguage, useMessages } from '../../features/ui/i18n/I18n'
import { LANGUAGES, type Locale } from '../../features/ui/i18n/messages'
import { LEAST_INK, THEME_CHOICES } from '../../features/ui/preferences'
import { useApp } from '../appContext'
import { InkColour } from './InkColour'
import { ShortcutSettings } from './ShortcutSettings'

export function SettingsDialog() {
  const m = useMessages()
  const { ui } = useApp()
  return (
    <Dialog title={m.settings.title} closeLabel={m.face.close} className="settings" onClose={() => ui.setState({ dialog: null })}>
      <General />
      <Pen />
      <Ink />
      <Page />
      <Screen />
      <Files />
      <ShortcutSettings />
    </Dialog>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="settings-section">
      <h3>{title}</h3>
      <div className="settings-fields">{children}</div>
    </section>
  )
}

function General() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const { id } = useLanguage()
  const theme = useStore(preferences, (state) => state.theme)
  const names = { system: m.topBar.themeSystem, light: m.topBar.themeLight, dark: m.topBar.themeDark }
  return (
    <Section title={m.settings.general}>
      <ChoiceField
        label={m.topBar.language}
        value={id}
        choices={LANGUAGES.map((language) => ({ value: language.id, label: language.messages.name }))}
        onChange={(value) => preferences.setState({ locale: value as Locale })}
      />
      <ChoiceField
        label={m.topBar.theme}
        value={theme}
        choices={THEME_CHOICES.map((value) => ({ value, label: names[value] }))}
        onChange={(next) => preferences.setState({ theme: next })}
      />
    </Section>
  )
}

function Pen() {
  const m = useMessages()
  const { editor } = useApp().studio
  const { smoothing, stabiliser, usesPressure, penOnly } = useStore(editor.sessionStore)
  const percent = (value: number): string => m.percent(Math.round(100 * value))
  return (
    <Section title={m.settings.pen}>
      <SwitchField
        label={m.options.penOnly}
        checked={penOnly}
        onChange={(value) => editor.setSettings({ penOnly: value })}
        hint={m.options.penOnlyHint}
      />
      <SwitchField label={m.options.pressure} checked={usesPressure} onChange={(value) => editor.setSettings({ usesPressure: value })} />
      <SliderField
        label={m.options.smoothing}
        value={smoothing}
        min={0}
        max={1}
        step={0.05}
        onChange={(value) => editor.setSettings({ smoothing: value })}
        format={percent}
      />
      <SliderField
        label={m.options.stabiliser}
        value={stabiliser}
        min={0}
        max={1}
        step={0.05}
        onChange={(value) => editor.setSettings({ stabiliser: value })}
        format={percent}
      />
    </Section>
  )
}

function Ink() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const opacity = useStore(preferences, (state) => state.inkOpacity)
  return (
    <Section title={m.settings.ink}>
      <InkColour />
      <SliderField
        label={m.settings.inkOpacity}
        value={opacity}
        min={LEAST_INK}
        max={1}
        step={0.05}
        onChange={(inkOpacity) => preferences.setState({ inkOpacity })}
        format={(value) => m.percent(Math.round(100 * value))}
      />
      <p className="muted">{m.settings.inkNote}</p>
    </Section>
  )
}

function Page() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const { underlay, standIns } = useStore(preferences)
  return (
    <Section title={m.settings.page}>
      <SwitchField label={m.tools.underlay} checked={underlay} onChange={(value) => preferences.setState({ underlay: value })} />
      <SwitchField
        label={m.options.standIns}
        checked={standIns}
        onChange={(value) => preferences.setState({ standIns: value })}
        hint={m.options.standInsHint}
      />
    </Section>
  )
}

/** What this browser can do with files, in plain words. */
function Files() {
  const m = useMessages()
  const { files } = useApp()
  return (
    <Section title={m.files.title}>
      <p className="muted">{files.isPossible ? m.files.possible : m.files.impossible}</p>
    </Section>
  )
}

function Screen() {
  const m = useMessages()
  return (
    <Section title={m.settings.screen}>
      {canFillScreen() ? (
        <button type="button" className="button" onClick={() => void toggleFullScreen()}>
          {m.tools.fullScreen}
        </button>
      ) : (
        <p className="muted">{m.settings.noFullScreen}</p>
      )}
    </Section>
  )
}
