/** The bar with the settings of the chosen tool, and of the page. */

import { Popover } from 'radix-ui'
import type { ComponentType } from 'react'
import { useStore } from 'zustand'
import { SliderField, SwitchField } from '../../ui/fields'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { usePortalContainer } from '../../ui/portal'
import { useStudio } from '../studioContext'
import { toolById } from './index'
import { useFormats } from './settings'

interface ToolOptionsProps {
  /** What does not fit into a narrow bar goes into a popover. */
  narrow?: boolean
}

export function ToolOptions({ narrow = false }: ToolOptionsProps) {
  const m = useMessages()
  const { editor } = useStudio()
  const id = useStore(editor.sessionStore, (state) => state.tool)
  const { Options, MoreOptions } = toolById(id) ?? {}
  return (
    <section className="options" aria-label={m.options.bar}>
      {Options ? <Options /> : null}
      {MoreOptions && !narrow ? <MoreOptions /> : null}
      {narrow ? <Further Of={MoreOptions} /> : <PageOptions />}
    </section>
  )
}

function Further({ Of }: { Of: ComponentType | undefined }) {
  const m = useMessages()
  return (
    <Popover.Root>
      <Popover.Trigger className="button options-more">
        <Icon name="options" size={16} />
        <span>{m.tools.options}</span>
      </Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Content className="popover options-popover" aria-label={m.tools.options} align="end" sideOffset={6} collisionPadding={8}>
          {Of ? <Of /> : null}
          <PageOptions />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** What concerns the page rather than the tool. */
function PageOptions() {
  const m = useMessages()
  const { percent } = useFormats()
  const { preferences } = useStudio()
  const underlay = useStore(preferences, (state) => state.underlay)
  const opacity = useStore(preferences, (state) => state.underlayOpacity)
  const standIns = useStore(preferences, (state) => state.standIns)
  return (
    <div className="options-page">
      <SliderField
        label={m.options.underlay}
        value={underlay ? opacity : 0}
        min={0}
        max={1}
        step={0.05}
        onChange={(value) => preferences.setState({ underlay: value > 0, ...(value > 0 ? { underlayOpacity: value } : {}) })}
        format={percent}
      />
      <SwitchField
        label={m.options.standIns}
        checked={standIns}
        onChange={(value) => preferences.setState({ standIns: value })}
        hint={m.options.standInsHint}
      />
    </div>
  )
}
