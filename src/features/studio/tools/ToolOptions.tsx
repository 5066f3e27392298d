/** Settings of the chosen tool, and what can be done with selected strokes. */

import { Popover } from 'radix-ui'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Stroke } from '../../../editor/document'
import type { SessionSettings, SessionState } from '../../../editor/types'
import { PARTS, type Part } from '../../../faces/parts'
import { ChoiceField, SelectField, SliderField, SwitchField } from '../../ui/fields'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { useMessages } from '../../ui/i18n/I18n'
import { usePortalContainer } from '../../ui/portal'
import { useStudio } from '../studioContext'

function useFormats(): { percent: (share: number) => string; pixels: (value: number) => string } {
  const m = useMessages()
  return { percent: (share) => m.percent(Math.round(share * 100)), pixels: (value) => m.pixels(Number(value.toFixed(1))) }
}

interface ToolOptionsProps {
  /** What does not fit into a narrow bar goes into a popover. */
  narrow?: boolean
}

export function ToolOptions({ narrow = false }: ToolOptionsProps) {
  const m = useMessages()
  const { editor } = useStudio()
  const tool = useStore(editor.sessionStore, (state) => state.tool)
  return (
    <section className="options" aria-label={m.options.bar}>
      {tool === 'pen' ? <PenWidth /> : null}
      {tool === 'pen' && !narrow ? <PenFeel /> : null}
      {tool === 'pen' ? <PenPart /> : null}
      {tool === 'eraser' ? <EraserOptions /> : null}
      {tool === 'select' ? <SelectOptions /> : null}
      {tool === 'reshape' ? <ReshapeOptions /> : null}
      {tool === 'pan' ? <p className="options-hint">{m.options.panHint}</p> : null}
      {narrow ? <MoreOptions hasPen={tool === 'pen'} /> : <PageOptions />}
    </section>
  )
}

function MoreOptions({ hasPen }: { hasPen: boolean }) {
  const m = useMessages()
  return (
    <Popover.Root>
      <Popover.Trigger className="button options-more">
        <Icon name="options" size={16} />
        <span>{m.tools.options}</span>
      </Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Content className="popover options-popover" aria-label={m.tools.options} align="end" sideOffset={6} collisionPadding={8}>
          {hasPen ? <PenFeel /> : null}
          <PageOptions />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function useSetting<K extends keyof SessionSettings & keyof SessionState>(
  key: K,
): [SessionSettings[K], (value: SessionSettings[K]) => void] {
  const { editor } = useStudio()
  const value = useStore(editor.sessionStore, (state): SessionSettings[K] => state[key])
  return [value, (next) => editor.setSettings({ [key]: next } as Pick<SessionSettings, K>)]
}

function PenWidth() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [width, setWidth] = useSetting('penWidthPx')
  return <SliderField label={m.options.width} value={width} min={1} max={8} step={0.5} onChange={setWidth} format={pixels} />
}

function PenFeel() {
  const m = useMessages()
  const { percent } = useFormats()
  const [smoothing, setSmoothing] = useSetting('smoothing')
  const [stabiliser, setStabiliser] = useSetting('stabiliser')
  const [usesPressure, setUsesPressure] = useSetting('usesPressure')
  const [penOnly, setPenOnly] = useSetting('penOnly')
  return (
    <>
      <SliderField label={m.options.smoothing} value={smoothing} min={0} max={1} step={0.05} onChange={setSmoothing} format={percent} />
      <SliderField label={m.options.stabiliser} value={stabiliser} min={0} max={1} step={0.05} onChange={setStabiliser} format={percent} />
      <SwitchField label={m.options.pressure} checked={usesPressure} onChange={setUsesPressure} />
      <SwitchField label={m.options.penOnly} checked={penOnly} onChange={setPenOnly} hint={m.options.penOnlyHint} />
    </>
  )
}

function PenPart() {
  const m = useMessages()
  const [part, setPart] = useSetting('penPart')
  return (
    <SelectField
      label={m.options.part}
      value={part ?? 'automatic'}
      choices={[{ value: 'automatic', label: m.options.automatic }, ...partChoices(m.parts)]}
      onChange={(value) => setPart(value === 'automatic' ? null : value)}
    />
  )
}

function partChoices(names: Readonly<Record<Part, string>>): { value: Part | 'automatic'; label: string }[] {
  return PARTS.map((value) => ({ value, label: names[value] }))
}

function EraserOptions() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [mode, setMode] = useSetting('eraserMode')
  const [radius, setRadius] = useSetting('eraserRadiusPx')
  return (
    <>
      <ChoiceField
        label={m.options.eraserMode}
        value={mode}
        choices={[
          { value: 'stroke', label: m.options.eraserStroke },
          { value: 'point', label: m.options.eraserPoint },
        ]}
        onChange={setMode}
      />
      <SliderField label={m.options.eraserSize} value={radius} min={1} max={64} step={1} onChange={setRadius} format={pixels} />
    </>
  )
}

function ReshapeOptions() {
  const m = useMessages()
  const { pixels } = useFormats()
  const [radius, setRadius] = useSetting('reshapeRadiusPx')
  return (
    <>
      <p className="options-hint">{m.options.reshapeHint}</p>
      <SliderField label={m.options.reach} value={radius} min={4} max={160} step={2} onChange={setRadius} format={pixels} />
    </>
  )
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
