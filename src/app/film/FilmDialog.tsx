/** What a film of the drawing shall show, how fast and how large; what it will be. */

import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../../features/ui/Dialog'
import { ChoiceField } from '../../features/ui/fields'
import { canEncodeVideo } from '../../features/ui/film/recordFilm'
import { useMessages } from '../../features/ui/i18n/I18n'
import { useApp } from '../appContext'
import { FILM_SIDES_PX, type FilmWish } from './filmActions'
import { FILM_VIEWS } from './filmFrames'
import { FILM_FPS, FILM_SPEEDS, type FilmSpeed } from './filmScript'

export function FilmDialog() {
  const m = useMessages()
  const { ui, films } = useApp()
  const [wish, setWish] = useState<FilmWish>(() => ({
    story: films.hasWholeHistory() ? 'edits' : 'strokes',
    view: 'both',
    speed: 'normal',
    sidePx: 540,
  }))
  const change = (part: Partial<FilmWish>): void => setWish((now) => ({ ...now, ...part }))
  const plan = useMemo(() => films.plan(wish), [films, wish])
  const isVideo = useIsVideo(wish)
  const isRunning = useStore(films.store, ({ done }) => done !== null)
  const close = (): void => ui.setState({ dialog: null })
  return (
    <Dialog title={m.film.title} closeLabel={m.sketches.cancel} className="film-dialog" onClose={close}>
      <div className="film-choices">
        <ChoiceField
          label={m.film.story}
          value={wish.story}
          choices={(['edits', 'strokes'] as const).map((value) => ({ value, label: m.film.stories[value] }))}
          onChange={(story) => change({ story })}
        />
        <ChoiceField
          label={m.film.view}
          value={wish.view}
          choices={FILM_VIEWS.map((value) => ({ value, label: m.film.views[value] }))}
          onChange={(view) => change({ view })}
        />
        <ChoiceField
          label={m.film.speed}
          value={wish.speed}
          choices={(Object.keys(FILM_SPEEDS) as FilmSpeed[]).map((value) => ({ value, label: m.film.speeds[value] }))}
          onChange={(speed) => change({ speed })}
        />
        <ChoiceField
          label={m.film.size}
          value={String(wish.sidePx)}
          choices={FILM_SIDES_PX.map((side) => ({ value: String(side), label: m.pixels(side) }))}
          onChange={(value) => change({ sidePx: FILM_SIDES_PX.find((side) => String(side) === value) ?? 540 })}
        />
      </div>
      <p aria-live="polite">
        {m.film.plan(Math.ceil(plan.seconds), plan.faces)} {isVideo === false ? m.film.noVideo : ''}
      </p>
      {wish.story === 'edits' && !films.hasWholeHistory() ? <p className="muted">{m.film.historyIsShort}</p> : null}
      <p className="muted">{isRunning ? m.film.running : m.film.background}</p>
      <div className="button-row end">
        <button type="button" className="button" onClick={close}>
          {m.sketches.cancel}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={plan.scenes.length < 2 || isRunning}
          onClick={() => {
            close()
            void films.start(wish)
          }}
        >
          {m.film.start}
        </button>
      </div>
    </Dialog>
  )
}

/** `null` until it is known. */
function useIsVideo({ view, sidePx }: FilmWish): boolean | null {
  const [isVideo, setIsVideo] = useState<boolean | null>(null)
  useEffect(() => {
    let isCurrent = true
    void canEncodeVideo(view === 'both' ? 2 * sidePx : sidePx, sidePx, FILM_FPS).then((can) => isCurrent && setIsVideo(can))
    return () => {
      isCurrent = false
    }
  }, [view, sidePx])
  return isVideo
}
