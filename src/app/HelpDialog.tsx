/** Shortcuts, what this is and is not, and what stays on the device. */

import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { ALL_COMMANDS } from '../features/studio/commands'
import type { CommandGroup } from '../features/studio/commandTypes'
import { keysOf } from '../features/studio/shortcuts'
import { useModel } from '../features/studio/useInference'
import { Dialog } from '../features/ui/Dialog'
import { useLocalized, useMessages } from '../features/ui/i18n/I18n'
import { useApp } from './appContext'

export function HelpDialog({ section }: { section: 'shortcuts' | 'privacy' }) {
  const m = useMessages()
  const { ui } = useApp()
  const privacy = useRef<HTMLElement>(null)
  useEffect(() => {
    if (section === 'privacy') privacy.current?.scrollIntoView({ block: 'start' })
  }, [section])
  return (
    <Dialog title={m.help.title} closeLabel={m.face.close} className="help" onClose={() => ui.setState({ dialog: null })}>
      <Shortcuts />
      <section>
        <h3>{m.help.about}</h3>
        {m.help.aboutLines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <ModelNote />
      </section>
      <section ref={privacy}>
        <h3>{m.help.privacyTitle}</h3>
        {m.help.privacyLines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </section>
    </Dialog>
  )
}

function ModelNote() {
  const m = useMessages()
  const localized = useLocalized()
  const model = useModel()
  if (!model) return null
  return (
    <p>
      {m.help.modelTitle}: {localized(model.name)}. {m.help.modelMore}{' '}
      <a href={new URL(`models/${model.id}/card.md`, document.baseURI).href} target="_blank" rel="noreferrer">
        {m.help.modelCard}
      </a>
    </p>
  )
}

interface Row {
  readonly label: string
  readonly keys: readonly (readonly string[])[]
}

function Shortcuts() {
  const m = useMessages()
  const { rows } = m.help
  const chosen = useStore(useApp().studio.preferences, (state) => state.shortcuts)
  const { shortcuts: s } = m
  const groups: Record<CommandGroup, Row[]> = { tools: [], edit: [], view: [], face: [] }
  for (const command of ALL_COMMANDS) {
    const label = command.label(m)
    const known = groups[command.group].find((row) => row.label === label)
    const keys = keysOf(command, m, chosen)
    if (keys.length === 0) continue
    if (known) groups[command.group][groups[command.group].indexOf(known)] = { label, keys: [...known.keys, keys] }
    else groups[command.group].push({ label, keys: [keys] })
  }
  groups.edit.push(
    { label: rows.nudge, keys: [[rows.arrows]] },
    { label: rows.wholePart, keys: [[rows.doubleClick]] },
    { label: rows.taps, keys: [] },
    { label: rows.clipboard, keys: ['C', 'X', 'V'].map((key) => [s.ctrl, key]) },
  )
  groups.view.push(
    { label: rows.hand, keys: [[s.space]] },
    { label: rows.zoomWheel, keys: [[s.ctrl, rows.wheel]] },
    { label: rows.panWheel, keys: [[rows.wheel]] },
    { label: rows.help, keys: [['?']] },
  )
  const keyboard: Row[] = [
    { label: rows.moveCrosshair, keys: [[rows.arrows]] },
    { label: rows.penDownUp, keys: [[s.space], [s.enter]] },
    { label: rows.dropStroke, keys: [[s.escape]] },
  ]
  return (
    <section>
      <h3>{m.help.shortcuts}</h3>
      <div className="shortcut-groups">
        <Group title={m.help.groups.tools} rows={groups.tools} />
        <Group title={m.help.groups.edit} rows={groups.edit} />
        <Group title={m.help.groups.view} rows={groups.view} />
        <Group title={m.help.groups.face} rows={groups.face} />
        <Group title={m.help.groups.keyboard} rows={keyboard} />
      </div>
    </section>
  )
}

function Group({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section className="shortcut-group">
      <h4>{title}</h4>
      <dl>
        {rows.map((row) => (
          <div key={row.label} className="shortcut">
            <dt>{row.label}</dt>
            <dd>
              {row.keys.map((keys) => (
                <span key={keys.join()} className="keys">
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
