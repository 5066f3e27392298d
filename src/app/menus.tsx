/** The menus of the top bar. Not modal, so that nothing injects a style to lock scrolling. */

import { DropdownMenu } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Icon, type IconName } from '../features/ui/Icon'
import { useLanguage, useMessages } from '../features/ui/i18n/I18n'
import { LANGUAGES, type Locale } from '../features/ui/i18n/messages'
import { THEME_CHOICES, type ThemeChoice } from '../features/ui/preferences'
import { useApp } from './appContext'
import { COPIED, EXPORT_FORMATS, type ExportFormat, type ExportId, exportFormat } from './exportFormats'

const RECENT_SHOWN = 6

interface MenuProps {
  icon: IconName
  label: string
  /** Show the label beside the icon. */
  labelled?: boolean
  children: ReactNode
}

function Menu({ icon, label, labelled = false, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={labelled ? 'button bar-button' : 'icon-button'} aria-label={label}>
        <Icon name={icon} size={labelled ? 18 : 20} />
        {labelled ? <span aria-hidden="true">{label}</span> : null}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Item({
  icon,
  onSelect,
  disabled = false,
  children,
}: {
  icon?: IconName
  onSelect: () => void
  disabled?: boolean
  children: ReactNode
}) {
  return (
    <DropdownMenu.Item className="menu-item" disabled={disabled} onSelect={onSelect}>
      {icon ? <Icon name={icon} size={16} /> : <span className="menu-gap" />}
      <span>{children}</span>
    </DropdownMenu.Item>
  )
}

const Separator = () => <DropdownMenu.Separator className="menu-separator" />

/** In the order of the list, what belongs together side by side. */
const EXPORT_GROUPS: readonly (readonly ExportFormat<ExportId>[])[] = [...Map.groupBy(EXPORT_FORMATS, ({ group }) => group).values()]

function FileItems() {
  const m = useMessages()
  const { keeper, exports, imports, studio, ui } = useApp()
  const hasFace = useStore(studio.faceLoop.store, (state) => state.shown !== null)
  return (
    <>
      <Item icon="plus" onSelect={() => void keeper.startNew()}>
        {m.file.newSketch}
      </Item>
      <Item icon="upload" onSelect={imports.pick}>
        {m.file.importFile}
        <small className="muted">{m.file.importHint}</small>
      </Item>
      <DiskFileItems />
      <Separator />
      {COPIED.map((id) => {
        const { needsFace = false } = exportFormat(id)
        return (
          <Item key={id} disabled={needsFace && !hasFace} onSelect={() => void exports.copyAs(id)}>
            {m.file.copy[id]}
          </Item>
        )
      })}
      {EXPORT_GROUPS.map((formats) => (
        <Fragment key={formats[0]?.group}>
          <Separator />
          {formats.map(({ id, icon, name, needsFace = false }) => (
            <Item key={id} {...(icon ? { icon } : {})} disabled={needsFace && !hasFace} onSelect={() => void exports.exportAs(id)}>
              {name(m)}
            </Item>
          ))}
          {formats[0]?.group === 'face' ? (
            <Item disabled={!hasFace} onSelect={() => ui.setState({ dialog: { kind: 'pictures' } })}>
              {m.pictureSizes.menu}
            </Item>
          ) : null}
          {formats[0]?.group === 'face' ? (
            <Item icon="film" disabled={!hasFace} onSelect={() => ui.setState({ dialog: { kind: 'film' } })}>
              {m.film.menu}
            </Item>
          ) : null}
        </Fragment>
      ))}
    </>
  )
}

/** Files of the disk, where the browser writes them in place. */
function DiskFileItems() {
  const m = useMessages()
  const { files, keeper } = useApp()
  const recent = useStore(files.store, (state) => state.recent)
  const sketchId = useStore(keeper.store, (state) => state.sketchId)
  if (!files.isPossible) return null
  const own = recent.find((file) => file.sketchId === sketchId)
  return (
    <>
      <Separator />
      <Item icon="file" onSelect={() => void files.open()}>
        {m.files.open}
      </Item>
      {own ? (
        <Item onSelect={() => void files.save()}>
          {m.files.save}
          <small className="muted">{own.name}</small>
        </Item>
      ) : null}
      <Item onSelect={() => void files.saveAs()}>{m.files.saveAs}</Item>
      {recent.length > 0 ? <DropdownMenu.Label className="menu-label">{m.files.recent}</DropdownMenu.Label> : null}
      {recent.slice(0, RECENT_SHOWN).map((file) => (
        <Item key={file.sketchId} onSelect={() => void files.openRecent(file)}>
          {file.name}
        </Item>
      ))}
    </>
  )
}

export function FileMenu() {
  const m = useMessages()
  return (
    <Menu icon="file" label={m.topBar.file} labelled>
      <FileItems />
    </Menu>
  )
}

/** Screens that have no button of their own. */
function ScreenItems() {
  const m = useMessages()
  const { navigation } = useApp()
  return navigation.screens.map(({ id, entry }) =>
    entry?.inMenu ? (
      <Item key={id} icon={entry.icon} onSelect={() => navigation.go(id)}>
        {entry.label(m)}
      </Item>
    ) : null,
  )
}

export function TrainingMenu() {
  const m = useMessages()
  return (
    <Menu icon="training" label={m.topBar.training} labelled>
      <ScreenItems />
    </Menu>
  )
}

function LanguageItems() {
  const { preferences } = useApp().studio
  const { id } = useLanguage()
  return (
    <DropdownMenu.RadioGroup value={id} onValueChange={(value) => preferences.setState({ locale: value as Locale })}>
      {LANGUAGES.map((choice) => (
        <RadioItem key={choice.id} value={choice.id}>
          {choice.messages.name}
        </RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

function RadioItem({ value, children }: { value: string; children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem className="menu-item" value={value}>
      <span className="menu-gap">
        <DropdownMenu.ItemIndicator>
          <Icon name="check" size={16} />
        </DropdownMenu.ItemIndicator>
      </span>
      <span>{children}</span>
    </DropdownMenu.RadioItem>
  )
}

export function LanguageButton() {
  const m = useMessages()
  return (
    <Menu icon="language" label={m.topBar.language}>
      <LanguageItems />
    </Menu>
  )
}

const THEME_ICONS: Readonly<Record<ThemeChoice, IconName>> = { system: 'system', light: 'light', dark: 'dark' }

function ThemeItems() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const theme = useStore(preferences, (state) => state.theme)
  const names: Readonly<Record<ThemeChoice, string>> = {
    system: m.topBar.themeSystem,
    light: m.topBar.themeLight,
    dark: m.topBar.themeDark,
  }
  return (
    <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => preferences.setState({ theme: value as ThemeChoice })}>
      {THEME_CHOICES.map((choice) => (
        <RadioItem key={choice} value={choice}>
          {names[choice]}
        </RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}

export function ThemeMenu() {
  const m = useMessages()
  const theme = useStore(useApp().studio.preferences, (state) => state.theme)
  return (
    <Menu icon={THEME_ICONS[theme]} label={m.topBar.theme}>
      <ThemeItems />
    </Menu>
  )
}

/** On a phone: everything in one menu. */
export function MoreMenu() {
  const m = useMessages()
  const { ui } = useApp()
  return (
    <Menu icon="menu" label={m.topBar.menu}>
      <FileItems />
      <Separator />
      <ScreenItems />
      <Separator />
      <DropdownMenu.Label className="menu-label">{m.topBar.language}</DropdownMenu.Label>
      <LanguageItems />
      <DropdownMenu.Label className="menu-label">{m.topBar.theme}</DropdownMenu.Label>
      <ThemeItems />
      <Separator />
      <Item icon="sliders" onSelect={() => ui.setState({ dialog: { kind: 'settings' } })}>
        {m.settings.title}
      </Item>
      <Item icon="shield" onSelect={() => ui.setState({ dialog: { kind: 'help', section: 'privacy' } })}>
        {m.topBar.privacy}
      </Item>
      <Item icon="help" onSelect={() => ui.setState({ dialog: { kind: 'help', section: 'shortcuts' } })}>
        {m.topBar.help}
      </Item>
    </Menu>
  )
}
