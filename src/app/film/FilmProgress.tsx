/** At the edge of the page while a film is made: how far it is, and a way out. Drawing goes on. */

import { useStore } from 'zustand'
import { IconButton } from '../../features/ui/IconButton'
import { useMessages } from '../../features/ui/i18n/I18n'
import { useApp } from '../appContext'

export function FilmProgress() {
  const m = useMessages()
  const { films } = useApp()
  const done = useStore(films.store, (state) => state.done)
  if (done === null) return null
  return (
    <section className="film-progress" aria-label={m.film.making}>
      <label>
        <span>{m.film.making}</span>
        <progress max={1} value={done} />
      </label>
      <IconButton icon="close" label={m.film.cancel} side="top" onClick={films.cancel} />
    </section>
  )
}
