/** The headings of the place that the look and the whole face share: one is chosen by the other's name. */

import { useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { ChoiceField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { useStudio } from './studioContext'

/** Each panel has these headings in its own header: with the other panel come other ones, and what had the focus shall have it again. */
let keepsFocus = false

export function PanelChoice() {
  const m = useMessages()
  const { ui } = useStudio()
  const panel = useStore(ui, (state) => state.panel)
  const headings = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (keepsFocus) headings.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
    keepsFocus = false
  }, [])
  return (
    <div ref={headings} className="panel-choice">
      <ChoiceField
        label={m.wholeFace.panels}
        bare
        value={panel}
        choices={[
          { value: 'look', label: m.look.title },
          { value: 'wholeFace', label: m.wholeFace.title },
        ]}
        onChange={(chosen) => {
          keepsFocus = headings.current?.contains(document.activeElement) ?? false
          ui.setState({ panel: chosen })
        }}
      />
    </div>
  )
}
