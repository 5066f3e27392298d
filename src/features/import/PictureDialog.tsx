/** A picture before it becomes strokes: which marks are lines, what is left out, how it is turned and cut; the lines found are shown on it all the while. */

import { useState } from 'react'
import type { ImportedDocument, TraceSettings } from '../../storage/exchange/types'
import { Dialog } from '../ui/Dialog'
import { ChoiceField, SliderField, SwitchField } from '../ui/fields'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { PictureStage, type StageTool } from './PictureStage'
import { type PictureSource, usePictureTrace, usePreview } from './usePictureTrace'

interface PictureDialogProps {
  readonly name: string
  readonly source: PictureSource
  readonly onUse: (result: ImportedDocument) => void
  readonly onClose: () => void
}

const START: TraceSettings = { threshold: 0, quarterTurns: 0, crop: null, erased: [], fit: true }
const PREVIEW_PX = 1024
/** More dabs than anybody paints. */
const MOST_DABS = 2000

export function PictureDialog({ name, source, onUse, onClose }: PictureDialogProps) {
  const m = useMessages()
  const [settings, setSettings] = useState(START)
  const [tool, setTool] = useState<StageTool>('brush')
  const [brush, setBrush] = useState(4)
  const image = usePreview(source, PREVIEW_PX)
  const { result, error, isWorking } = usePictureTrace(source, settings)
  const change = (next: Partial<TraceSettings>): void => setSettings((now) => ({ ...now, ...next }))
  /** What was painted and cut belongs to the picture as it lay. */
  const turn = (by: 1 | 3): void => {
    setSettings((now) => ({ ...now, quarterTurns: ((now.quarterTurns + by) % 4) as TraceSettings['quarterTurns'], crop: null, erased: [] }))
  }
  return (
    <Dialog title={m.imports.title} closeLabel={m.imports.cancel} className="picture-dialog" onClose={onClose}>
      <p className="muted picture-name">{name}</p>
      <div className="picture-layout">
        <div className="picture-frame">
          {image ? (
            <PictureStage
              image={image}
              settings={settings}
              overlay={result?.picture?.overlay ?? []}
              tool={tool}
              brushRadius={brush / 100}
              onDabs={(dabs) => setSettings((now) => ({ ...now, erased: [...now.erased, ...dabs].slice(0, MOST_DABS) }))}
              onCrop={(crop) => change({ crop })}
            />
          ) : null}
        </div>
        <div className="picture-controls">
          <SliderField
            label={m.imports.sensitivity}
            value={settings.threshold}
            min={-1}
            max={1}
            step={0.05}
            format={(value) => (value < -0.3 ? m.imports.faint : value > 0.3 ? m.imports.strong : '')}
            onChange={(threshold) => change({ threshold })}
          />
          <ChoiceField
            label={m.imports.tool}
            value={tool}
            choices={[
              { value: 'brush', label: m.imports.brush },
              { value: 'crop', label: m.imports.crop },
            ]}
            onChange={setTool}
          />
          <p className="muted picture-hint">{tool === 'brush' ? m.imports.brushHint : m.imports.cropHint}</p>
          {tool === 'brush' ? (
            <SliderField label={m.imports.brushSize} value={brush} min={1} max={12} step={0.5} format={() => ''} onChange={setBrush} />
          ) : null}
          <div className="button-row">
            <IconButton icon="turnLeft" label={m.imports.turnLeft} onClick={() => turn(3)} />
            <IconButton icon="turnRight" label={m.imports.turnRight} onClick={() => turn(1)} />
            <button type="button" className="button" disabled={settings === START} onClick={() => setSettings(START)}>
              {m.imports.reset}
            </button>
          </div>
          <SwitchField label={m.imports.fit} checked={settings.fit} onChange={(fit) => change({ fit })} />
          <p className="picture-found" role="status">
            {isWorking ? m.imports.working : error ? m.errors[error.code].title : m.imports.found(result?.document.strokes.length ?? 0)}
          </p>
          <div className="button-row end picture-buttons">
            <button type="button" className="button" onClick={onClose}>
              {m.imports.cancel}
            </button>
            <button type="button" className="button primary" disabled={isWorking || !result} onClick={() => result && onUse(result)}>
              {m.imports.use}
            </button>
          </div>
        </div>
      </div>
    </Dialog>
  )
}
