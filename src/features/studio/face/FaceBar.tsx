/** Under the face: how it was made, and what can be done with it. */

import { Popover, Slider } from 'radix-ui'
import { useStore } from 'zustand'
import { Icon } from '../../ui/Icon'
import { IconButton } from '../../ui/IconButton'
import { useMessages } from '../../ui/i18n/I18n'
import { usePortalContainer } from '../../ui/portal'
import { COMMANDS } from '../commands'
import { useStudio } from '../studioContext'
import { useKeys } from '../useKeys'
import { FaceDetails } from './FaceDetails'
import { FaceStatus } from './FaceStatus'
import { useHasComparison } from './useHasComparison'

export function FaceBar() {
  const m = useMessages()
  return (
    <div className="face-bar">
      <Popover.Root>
        <Popover.Trigger className="face-status-button">
          <FaceStatus />
          <Icon name="info" size={16} />
          <span className="visually-hidden">{m.face.details}</span>
        </Popover.Trigger>
        <Popover.Portal container={usePortalContainer()}>
          <Popover.Content className="popover" aria-label={m.face.details} side="top" align="start" sideOffset={6} collisionPadding={8}>
            <FaceDetails />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <CompareSlider />
      <CompareModelsButton />
      <FaceActions side="bottom" />
    </div>
  )
}

/** Visible while comparing: where the old face ends and the new one begins. */
export function CompareSlider() {
  const m = useMessages()
  const { ui } = useStudio()
  const comparing = useStore(ui, (state) => state.comparing)
  const divide = useStore(ui, (state) => state.divide)
  if (!comparing) return null
  return (
    <Slider.Root
      className="slider compare-slider"
      value={[divide]}
      min={0}
      max={1}
      step={0.01}
      onValueChange={([value = 0.5]) => ui.setState({ divide: value })}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <Slider.Thumb className="slider-thumb" aria-label={m.face.comparePosition} />
    </Slider.Root>
  )
}

function CompareModelsButton() {
  const m = useMessages()
  const { comparison } = useStudio()
  const isOpen = useStore(comparison.store, (state) => state.isOpen)
  if (!useHasComparison()) return null
  return (
    <IconButton
      icon="columns"
      label={m.comparison.title}
      pressed={isOpen}
      side="bottom"
      className="compare-models"
      onClick={() => (isOpen ? comparison.close() : comparison.open())}
    />
  )
}

interface FaceActionsProps {
  side: 'bottom' | 'left'
  /** The face is enlarged already. */
  enlarged?: boolean
}

export function FaceActions({ side, enlarged = false }: FaceActionsProps) {
  const m = useMessages()
  const keys = useKeys()
  const { ui, faceLoop, commandContext, exportFace } = useStudio()
  const heat = useStore(ui, (state) => state.heat)
  const comparing = useStore(ui, (state) => state.comparing)
  const hasFace = useStore(faceLoop.store, (state) => state.shown !== null)
  const hasPrevious = useStore(faceLoop.store, (state) => state.hasPrevious)
  return (
    <div className="face-actions">
      <IconButton
        icon="heat"
        label={m.face.heat}
        keys={keys(COMMANDS.heat)}
        pressed={heat}
        side={side}
        onClick={() => COMMANDS.heat.perform(commandContext)}
      />
      <IconButton
        icon="compare"
        label={m.face.compare}
        more={m.face.compareHint}
        keys={keys(COMMANDS.compare)}
        pressed={comparing}
        disabled={!hasPrevious}
        side={side}
        onClick={() => COMMANDS.compare.perform(commandContext)}
      />
      {enlarged ? null : (
        <IconButton
          icon="enlarge"
          label={m.face.enlarge}
          keys={keys(COMMANDS.enlarge)}
          disabled={!hasFace}
          side={side}
          onClick={() => COMMANDS.enlarge.perform(commandContext)}
        />
      )}
      <IconButton icon="download" label={m.face.exportFace} disabled={!hasFace} side={side} onClick={exportFace} />
    </div>
  )
}
