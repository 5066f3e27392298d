/** The colour in which a person sees the lines: a few, or any other through the browser's own picker. */

import { useStore } from 'zustand'
import { ChoiceField } from '../../features/ui/fields'
import { useMessages } from '../../features/ui/i18n/I18n'
import { useApp } from '../appContext'

/** All stand out on the paper of either theme. */
const COLOURS = { pencil: '#5a5f66', blue: '#1b4fa0', red: '#b3261e' } as const
type Named = keyof typeof COLOURS
/** Where the picker starts. */
const FIRST_OWN = '#5b2a86'

export function InkColour() {
  const m = useMessages()
  const { preferences } = useApp().studio
  const colour = useStore(preferences, (state) => state.inkColour)
  const named = (Object.keys(COLOURS) as Named[]).find((name) => COLOURS[name] === colour)
  const value = colour === null ? 'theme' : (named ?? 'own')
  const choose = (choice: Named | 'theme' | 'own'): void =>
    preferences.setState({ inkColour: choice === 'theme' ? null : choice === 'own' ? FIRST_OWN : COLOURS[choice] })
  return (
    <div className="ink-colour">
      <ChoiceField
        label={m.settings.inkColour}
        value={value}
        choices={(['theme', 'pencil', 'blue', 'red', 'own'] as const).map((choice) => ({
          value: choice,
          label: m.settings.inkColours[choice],
        }))}
        onChange={choose}
      />
      {value === 'own' ? (
        <input
          type="color"
          aria-label={m.settings.inkColour}
          value={colour ?? FIRST_OWN}
          onChange={(event) => preferences.setState({ inkColour: event.target.value })}
        />
      ) : null}
    </div>
  )
}
