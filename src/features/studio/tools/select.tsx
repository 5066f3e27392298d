/** Selecting, and what can be done with selected strokes. */

import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Stroke } from '../../../editor/document'
import { select as behaviour } from '../../../editor/tools/select'
import { PARTS } from '../../../faces/parts'
import { SelectField, SliderField, SwitchField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useFormats } from './settings'
import type { ToolDeclaration } from './toolDeclaration'

export const select: ToolDeclaration = {
  id: 'select',
  icon: 'select',
  key: 'v',
  name: (m) => m.tools.select,
  behaviour,
  Options: SelectOptions,
  done: ({ options }, editor) => {
    const { selection } = editor.sessionStore.getState()
    return selection.length > 0 ? options.selected(selection.length) : options.nothingSelected
  },
}

/** The value that all have in common, or `null`. */
function common<T>(values: readonly T[]): T | null {
  const first = values[0]
  return first !== undefined && values.every((value) => value === first) ? first : null
}

function useSelectedStrokes(): readonly Stroke[] {
  const { editor } = useStudio()
  const selection = useStore(editor.sessionStore, (state) => state.selection)
  const strokes = useStore(editor.documentStore, (state) => state.document.strokes)
  return useMemo(() => {
    const ids = new Set(selection)
    return strokes.filter((stroke) => ids.has(stroke.id))
  }, [selection, strokes])
}

function SelectOptions() {
  const m = useMessages()
  const { pixels } = useFormats()
  const { editor } = useStudio()
  const selected = useSelectedStrokes()
  /** While the thumb moves; one edit when it is let go. */
  const [draftWidth, setDraftWidth] = useState<number | null>(null)
  if (selected.length === 0) return <p className="options-hint">{m.options.nothingSelected}</p>
  const part = common(selected.map((stroke) => stroke.part))
  const width = common(selected.map((stroke) => stroke.widthPx))
  return (
    <>
      <p className="options-count">{m.options.selected(selected.length)}</p>
      <SelectField
        label={m.options.part}
        value={part ?? ''}
        emptyLabel={m.options.mixed}
        choices={PARTS.map((value) => ({ value, label: m.parts[value] }))}
        onChange={(value) => editor.commands.setPartOfSelection(value)}
      />
      <SliderField
        label={m.options.width}
        value={draftWidth ?? width ?? selected[0]?.widthPx ?? 2}
        min={1}
        max={8}
        step={0.5}
        onChange={setDraftWidth}
        onCommit={(value) => {
          setDraftWidth(null)
          editor.commands.setWidthOfSelection(value)
        }}
        format={pixels}
        placeholder={width === null && draftWidth === null ? m.options.mixed : undefined}
      />
      <SwitchField
        label={m.options.pressure}
        checked={selected.every((stroke) => stroke.usesPressure)}
        onChange={(value) => editor.commands.setUsesPressureOfSelection(value)}
      />
      <div className="options-actions">
        <IconButton icon="duplicate" label={m.options.duplicate} onClick={() => editor.commands.duplicateSelection()} />
        <IconButton icon="flip" label={m.options.flip} onClick={() => editor.commands.flipSelection()} />
        <IconButton icon="trash" label={m.options.delete} onClick={() => editor.commands.deleteSelection()} />
      </div>
    </>
  )
}
