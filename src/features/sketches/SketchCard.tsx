/** One sketch of the database: drawing and face side by side, its name, tags and what can be done with it. */

import { DropdownMenu } from 'radix-ui'
import { useEffect, useState } from 'react'
import type { SketchSummary, Thumbnail } from '../../storage/types'
import { Icon, type IconName } from '../ui/Icon'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { usePortalContainer } from '../ui/portal'
import { relativeTime } from './relativeTime'

interface SketchCardProps {
  sketch: SketchSummary
  isCurrent: boolean
  isDeleted: boolean
  onOpen: () => void
  onEdit: () => void
  onCopyParts: () => void
  onDuplicate: () => void
  onExport: () => void
  onDelete: () => void
  onRestore: () => void
  onPurge: () => void
}

export function SketchCard(props: SketchCardProps) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { sketch, isCurrent, isDeleted, onOpen, onRestore } = props
  const name = sketch.name || m.topBar.untitled
  return (
    <li className="sketch-card" data-current={isCurrent ? '' : undefined}>
      <button
        type="button"
        className="sketch-open"
        aria-label={isDeleted ? `${m.sketches.restore}: ${name}` : m.sketches.openNamed(name)}
        onClick={isDeleted ? onRestore : onOpen}
      >
        <Picture thumbnail={sketch.thumbnails.sketch} />
        <Picture thumbnail={sketch.thumbnails.face} />
      </button>
      <div className="sketch-card-text">
        <p className="sketch-name">{name}</p>
        <p className="muted">
          {isCurrent ? <span className="current-mark">{m.sketches.current}</span> : relativeTime(sketch.updatedAt, Date.now(), tag)}
          {' · '}
          {m.sketches.strokes(sketch.strokeCount)}
        </p>
        {sketch.tags.length > 0 ? <p className="sketch-tags">{sketch.tags.join(' · ')}</p> : null}
      </div>
      <CardMenu {...props} name={name} />
    </li>
  )
}

function Picture({ thumbnail }: { thumbnail: Thumbnail | null }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!thumbnail) return
    const url = URL.createObjectURL(new Blob([thumbnail.bytes], { type: thumbnail.mime }))
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [thumbnail])
  return address ? <img src={address} alt="" draggable={false} /> : <span className="no-picture" />
}

function CardMenu({
  name,
  sketch,
  isCurrent,
  isDeleted,
  onEdit,
  onCopyParts,
  onDuplicate,
  onExport,
  onDelete,
  onRestore,
  onPurge,
}: SketchCardProps & { name: string }) {
  const m = useMessages()
  const items: readonly { icon: IconName; label: string; perform: () => void }[] = isDeleted
    ? [
        { icon: 'undo', label: m.sketches.restore, perform: onRestore },
        { icon: 'trash', label: m.sketches.purge, perform: onPurge },
      ]
    : [
        { icon: 'pen', label: m.sketches.rename, perform: onEdit },
        { icon: 'duplicate', label: m.sketches.duplicate, perform: onDuplicate },
        ...(isCurrent || sketch.strokeCount === 0 ? [] : [{ icon: 'select', label: m.partCopy.menu, perform: onCopyParts } as const]),
        { icon: 'download', label: m.sketches.exportProject, perform: onExport },
        { icon: 'trash', label: m.sketches.delete, perform: onDelete },
      ]
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button card-menu" aria-label={m.sketches.actionsFor(name)}>
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalContainer()}>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {items.map((item) => (
            <DropdownMenu.Item key={item.label} className="menu-item" onSelect={item.perform}>
              <Icon name={item.icon} size={16} />
              <span>{item.label}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
