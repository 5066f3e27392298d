/** Models that were trained or brought in here: renamed, exported, used, deleted. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { OwnModelRow } from '../../storage/trainingRows'
import { Icon } from '../ui/Icon'
import { IconButton } from '../ui/IconButton'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { pickFiles } from '../ui/pickFiles'
import type { TrainingRoom } from './room'
import { useWords } from './words'

const ARCHIVES = '.zip,application/zip'

export function ModelList({ room }: { room: TrainingRoom }) {
  const m = useMessages()
  const models = useStore(room.store, (state) => state.models)
  const isWorking = useStore(room.store, (state) => state.isWorking)
  return (
    <section className="training-models" aria-label={m.training.models}>
      <header className="training-head">
        <h3>{m.training.models}</h3>
        <button
          type="button"
          className="button"
          disabled={isWorking}
          onClick={() => pickFiles(ARCHIVES, (files) => void room.importModels(files))}
        >
          <Icon name="upload" size={16} />
          <span>{isWorking ? m.training.working : m.training.importModel}</span>
        </button>
      </header>
      <p className="muted">{models.length === 0 ? m.training.noModels : m.training.modelsHint}</p>
      <ul>
        {models.map((model) => (
          <li key={model.id}>
            <ModelCard room={room} model={model} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ModelCard({ room, model }: { room: TrainingRoom; model: OwnModelRow }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const { bytes } = useWords()
  const [name, setName] = useState(model.name)
  const isWorking = useStore(room.store, (state) => state.isWorking)
  const rename = (): void => {
    const next = name.trim()
    if (next === '') setName(model.name)
    else if (next !== model.name) room.renameModel(model.id, next)
  }
  const date = new Date(model.createdAt).toLocaleDateString(tag, { dateStyle: 'medium' })
  const style = m.photos.styles[model.style as keyof typeof m.photos.styles] ?? model.role
  return (
    <div className="training-model">
      <input
        className="text-field"
        aria-label={m.training.renameModel(model.name)}
        value={name}
        maxLength={80}
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
      />
      <p className="muted">
        {style} · {m.training.modelMade(date)} · {bytes(model.bytes)}
        <Figure model={model} />
      </p>
      <div className="button-row">
        <button type="button" className="button" onClick={room.port.openPhotos}>
          <Icon name="photo" size={16} />
          <span>{m.training.useOnPhotos}</span>
        </button>
        <button
          type="button"
          className="button"
          disabled={isWorking}
          aria-label={m.training.exportModel(model.name)}
          onClick={() => void room.exportModel(model)}
        >
          <Icon name="download" size={16} />
          <span>{m.training.export}</span>
        </button>
        <IconButton
          icon="trash"
          label={m.training.removeModelLabel(model.name)}
          disabled={isWorking}
          onClick={() => void room.removeModel(model)}
        />
      </div>
    </div>
  )
}

function Figure({ model: { figures } }: { model: OwnModelRow }) {
  const m = useMessages()
  if (!figures || figures.parent <= 0) return null
  const percent = Math.round(100 * (1 - figures.own / figures.parent))
  return <> · {percent > 0 ? m.training.nearer(percent) : percent < 0 ? m.training.farther(-percent) : m.training.asNear}</>
}
