/** Name and tags of one sketch. */

import { useId, useState } from 'react'
import type { SketchSummary } from '../../storage/types'
import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'
import { parseTags } from './tags'

interface SketchEditDialogProps {
  sketch: Pick<SketchSummary, 'name' | 'tags'>
  onSave: (name: string, tags: readonly string[]) => void
  onClose: () => void
}

export function SketchEditDialog({ sketch, onSave, onClose }: SketchEditDialogProps) {
  const m = useMessages()
  const id = useId()
  const [name, setName] = useState(sketch.name)
  const [tags, setTags] = useState(sketch.tags.join(', '))
  return (
    <Dialog title={m.sketches.tagDrawing} closeLabel={m.sketches.cancel} className="edit-dialog" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          onSave(name.trim(), parseTags(tags))
        }}
      >
        <label htmlFor={`${id}-name`}>{m.sketches.name}</label>
        <input id={`${id}-name`} className="text-field" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        <label htmlFor={`${id}-tags`}>{m.sketches.tags}</label>
        <input
          id={`${id}-tags`}
          className="text-field"
          value={tags}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTags(event.target.value)}
        />
        <p id={`${id}-hint`} className="muted">
          {m.sketches.tagsHint}
        </p>
        <div className="button-row end">
          <button type="button" className="button" onClick={onClose}>
            {m.sketches.cancel}
          </button>
          <button type="submit" className="button primary">
            {m.sketches.save}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
