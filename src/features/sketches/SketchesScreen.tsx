/** The sketch database on a screen of its own: find, go on with, copy, tag, delete (and bring back), and the whole of it in and out as a file. */

import { useEffect, useState } from 'react'
import type { Stroke } from '../../editor/document'
import type { SketchSummary, StudioStorage } from '../../storage/types'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { ToastList } from '../ui/ToastList'
import type { ToastStore } from '../ui/toasts'
import { offerBack } from './offerBack'
import { PartCopyDialog } from './PartCopyDialog'
import { SketchCard } from './SketchCard'
import { SketchEditDialog } from './SketchEditDialog'
import { StorageUsage } from './StorageUsage'
import { useSketchList } from './useSketchList'

export interface SketchesScreenProps {
  readonly storage: StudioStorage
  readonly toasts: ToastStore
  /** The sketch on the page. */
  readonly currentId: string
  /** Rejects with a `StudioError`. */
  readonly onOpen: (id: string) => Promise<void>
  readonly onNew: () => Promise<void>
  /** For the sketch on the page, changes go through the editor, so that undo knows them. */
  readonly onEdit: (id: string, name: string, tags: readonly string[]) => Promise<void>
  /** Of the sketch on the page: another one takes its place first. Resolves to whether it is in the trash now. */
  readonly onDelete: (id: string) => Promise<boolean>
  /** For good, after asking; without a sketch: everything in the trash. */
  readonly onPurge: (one?: { readonly id: string; readonly name: string }) => Promise<void>
  readonly onExport: (id: string) => void
  /** Puts these strokes of another sketch on the page. */
  readonly onTakeStrokes: (strokes: readonly Stroke[]) => void
  readonly onExportAll: () => void
  readonly onImport: () => void
  readonly onProblem: (error: unknown) => void
  readonly onClose: () => void
}

export function SketchesScreen(props: SketchesScreenProps) {
  const m = useMessages()
  const { storage, toasts, onClose } = props
  const [text, setText] = useState('')
  const [tag, setTag] = useState<string | null>(null)
  const [deleted, setDeleted] = useState(false)
  const [editing, setEditing] = useState<SketchSummary | null>(null)
  const [copying, setCopying] = useState<SketchSummary | null>(null)
  const list = useSketchList(storage, { text, tags: tag ? [tag] : [], deleted })
  useEffect(() => {
    if (tag && !list.tags.some((known) => known.tag === tag)) setTag(null)
  }, [tag, list.tags])

  return (
    <Dialog
      title={m.sketches.title}
      closeLabel={m.sketches.close}
      kind="screen"
      className="sketches"
      onClose={onClose}
      header={<Toolbar {...props} text={text} onText={setText} deleted={deleted} onDeleted={setDeleted} />}
    >
      {list.tags.length > 0 && !deleted ? <TagBar tags={list.tags.map((known) => known.tag)} value={tag} onChange={setTag} /> : null}
      {deleted && list.items.length > 0 ? (
        <div className="button-row">
          <button type="button" className="button" onClick={() => props.onPurge().catch(props.onProblem)}>
            {m.sketches.purgeAll}
          </button>
        </div>
      ) : null}
      <Grid {...props} items={list.items} isDeletedList={deleted} onEditing={setEditing} onCopying={setCopying} />
      {list.isLoaded && list.items.length === 0 ? (
        <p className="empty-list">{emptyText(m.sketches, text !== '' || tag !== null, deleted)}</p>
      ) : null}
      {list.items.length < list.total ? (
        <button type="button" className="button more-button" onClick={list.showMore}>
          {m.sketches.more}
        </button>
      ) : null}
      <StorageUsage storage={storage} />
      {editing ? (
        <SketchEditDialog
          sketch={editing}
          onClose={() => setEditing(null)}
          onSave={(name, tags) => {
            setEditing(null)
            props.onEdit(editing.id, name, tags).catch(props.onProblem)
          }}
        />
      ) : null}
      {copying ? (
        <PartCopyDialog
          sketch={copying}
          storage={storage}
          onTake={props.onTakeStrokes}
          onProblem={props.onProblem}
          onClose={() => setCopying(null)}
        />
      ) : null}
      <ToastList toasts={toasts} />
    </Dialog>
  )
}

function emptyText(m: { nothingFound: string; deletedEmpty: string; empty: string }, filtered: boolean, deleted: boolean): string {
  if (filtered) return m.nothingFound
  return deleted ? m.deletedEmpty : m.empty
}

interface ToolbarProps extends SketchesScreenProps {
  text: string
  onText: (text: string) => void
  deleted: boolean
  onDeleted: (deleted: boolean) => void
}

function Toolbar({ text, onText, deleted, onDeleted, onNew, onExportAll, onImport, onProblem }: ToolbarProps) {
  const m = useMessages()
  return (
    <div className="sketches-toolbar">
      <label className="search">
        <Icon name="search" size={16} />
        <input
          type="search"
          placeholder={m.sketches.search}
          aria-label={m.sketches.search}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </label>
      <button type="button" className="button" aria-pressed={deleted} onClick={() => onDeleted(!deleted)}>
        <Icon name="trash" size={16} />
        <span>{m.sketches.showDeleted}</span>
      </button>
      <button type="button" className="button" onClick={onImport}>
        <Icon name="upload" size={16} />
        <span>{m.sketches.importFile}</span>
      </button>
      <button type="button" className="button" onClick={onExportAll}>
        <Icon name="download" size={16} />
        <span>{m.sketches.exportAll}</span>
      </button>
      <button type="button" className="button primary" onClick={() => onNew().catch(onProblem)}>
        <Icon name="plus" size={16} />
        <span>{m.sketches.newSketch}</span>
      </button>
    </div>
  )
}

function TagBar({ tags, value, onChange }: { tags: readonly string[]; value: string | null; onChange: (tag: string | null) => void }) {
  const m = useMessages()
  return (
    // biome-ignore lint/a11y/useSemanticElements: toggle buttons, not form fields
    <div className="chips tag-bar" role="group" aria-label={m.sketches.tags}>
      <button type="button" className="chip" aria-pressed={value === null} onClick={() => onChange(null)}>
        {m.sketches.allTags}
      </button>
      {tags.map((tag) => (
        <button key={tag} type="button" className="chip" aria-pressed={tag === value} onClick={() => onChange(tag)}>
          {tag}
        </button>
      ))}
    </div>
  )
}

interface GridProps extends SketchesScreenProps {
  items: readonly SketchSummary[]
  isDeletedList: boolean
  onEditing: (sketch: SketchSummary) => void
  onCopying: (sketch: SketchSummary) => void
}

function Grid({
  items,
  isDeletedList,
  onEditing,
  onCopying,
  storage,
  toasts,
  currentId,
  onOpen,
  onDelete,
  onPurge,
  onExport,
  onProblem,
}: GridProps) {
  const m = useMessages()
  const { sketches } = storage
  const named = (sketch: SketchSummary): string => sketch.name || m.topBar.untitled
  const remove = async (sketch: SketchSummary): Promise<void> => {
    if (await onDelete(sketch.id))
      offerBack(sketch.id, { title: m.sketches.deleted(named(sketch)), label: m.sketches.bringBack }, { sketches, toasts, onProblem })
  }
  const duplicate = async (sketch: SketchSummary): Promise<void> => {
    await sketches.duplicate(sketch.id, m.sketches.copyOf(named(sketch)))
    toasts.show({ kind: 'note', title: m.sketches.duplicated(named(sketch)) })
  }
  return (
    <ul className="sketch-grid">
      {items.map((sketch) => (
        <SketchCard
          key={sketch.id}
          sketch={sketch}
          isCurrent={sketch.id === currentId}
          isDeleted={isDeletedList}
          onOpen={() => onOpen(sketch.id).catch(onProblem)}
          onEdit={() => onEditing(sketch)}
          onCopyParts={() => onCopying(sketch)}
          onDuplicate={() => duplicate(sketch).catch(onProblem)}
          onExport={() => onExport(sketch.id)}
          onDelete={() => remove(sketch).catch(onProblem)}
          onRestore={() => sketches.restore(sketch.id).catch(onProblem)}
          onPurge={() => onPurge({ id: sketch.id, name: named(sketch) }).catch(onProblem)}
        />
      ))}
    </ul>
  )
}
