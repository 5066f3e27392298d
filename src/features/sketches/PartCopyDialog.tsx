/** Parts of another sketch, to be put on the page as strokes, where they lie there. */

import { useEffect, useState } from 'react'
import type { Stroke } from '../../editor/document'
import { PARTS, type Part } from '../../faces/parts'
import type { SketchSummary, StudioStorage } from '../../storage/types'
import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'

interface PartCopyDialogProps {
  readonly sketch: SketchSummary
  readonly storage: StudioStorage
  readonly onTake: (strokes: readonly Stroke[]) => void
  readonly onProblem: (error: unknown) => void
  readonly onClose: () => void
}

export function PartCopyDialog({ sketch, storage, onTake, onProblem, onClose }: PartCopyDialogProps) {
  const m = useMessages()
  const [strokes, setStrokes] = useState<readonly Stroke[] | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<Part>>(new Set())
  useEffect(() => {
    storage.sketches.read(sketch.id).then((project) => setStrokes(project?.document.strokes ?? []), onProblem)
  }, [storage, sketch.id, onProblem])
  const toggle = (part: Part): void => {
    const next = new Set(chosen)
    if (!next.delete(part)) next.add(part)
    setChosen(next)
  }
  const countOf = (part: Part): number => strokes?.filter((stroke) => stroke.part === part).length ?? 0
  const taken = strokes?.filter(({ part }) => chosen.has(part)) ?? []
  return (
    <Dialog
      title={m.partCopy.title(sketch.name || m.topBar.untitled)}
      closeLabel={m.sketches.cancel}
      className="edit-dialog"
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: toggle buttons, not form fields */}
      <div className="chips" role="group" aria-label={m.partCopy.parts}>
        {PARTS.filter((part) => countOf(part) > 0).map((part) => (
          <button key={part} type="button" className="chip" aria-pressed={chosen.has(part)} onClick={() => toggle(part)}>
            {m.partCopy.part(m.parts[part], countOf(part))}
          </button>
        ))}
      </div>
      <p className="muted">{m.partCopy.note}</p>
      <div className="button-row end">
        <button type="button" className="button" onClick={onClose}>
          {m.sketches.cancel}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={taken.length === 0}
          onClick={() => {
            onClose()
            onTake(taken)
          }}
        >
          {m.partCopy.take}
        </button>
      </div>
    </Dialog>
  )
}
