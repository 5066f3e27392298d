/** Over the page's corner: the part that is being drawn or hovered over, and of the newest stroke with the next best parts, one click away. */

import { DropdownMenu } from 'radix-ui'
import { useStore } from 'zustand'
import { PARTS, type Part } from '../../../faces/parts'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'

export function PartTag() {
  const m = useMessages()
  const { partTrace } = useStudio()
  const { isDrawing, drawing, hovered, last } = useStore(partTrace.store)
  const isOther = hovered !== null && !last?.strokes.some(({ id }) => id === hovered.id)
  const now = isDrawing ? drawing : isOther ? hovered.part : null
  if (now) {
    return (
      <div className="part-tag">
        <PartName part={now} />
      </div>
    )
  }
  if (isDrawing || !last) return null
  return (
    <fieldset className="part-tag" aria-label={m.standIns.newest}>
      <PartName part={last.part} />
      {last.offered.map((part) => (
        <button
          key={part}
          type="button"
          className="part-offer"
          aria-label={m.standIns.correctTo(m.parts[part])}
          onClick={() => partTrace.correct(part)}
        >
          {m.parts[part]}
        </button>
      ))}
      <OtherParts present={last.part} />
    </fieldset>
  )
}

function PartName({ part }: { part: Part }) {
  const m = useMessages()
  return (
    <span className="part-name" data-part={part}>
      {m.parts[part]}
    </span>
  )
}

function OtherParts({ present }: { present: Part }) {
  const m = useMessages()
  const { partTrace } = useStudio()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="part-offer" aria-label={m.standIns.otherPart}>
        <Icon name="more" size={18} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.RadioGroup value={present} onValueChange={(part) => partTrace.correct(part as Part)}>
            {PARTS.map((part) => (
              <DropdownMenu.RadioItem key={part} value={part} className="menu-item">
                <span className="menu-gap">
                  <DropdownMenu.ItemIndicator>
                    <Icon name="check" size={16} />
                  </DropdownMenu.ItemIndicator>
                </span>
                <PartName part={part} />
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
