/** "Surprise me": a plausible look at random. It is kept with the sketch like any other, told by its number, and the look before it comes back with one more press. */

import { useState } from 'react'
import { useStore } from 'zustand'
import type { Look, LookField } from '../../../faces/look'
import { sampleLook } from '../../../faces/lookSampler'
import { IconButton } from '../../ui/IconButton'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'

/** Numbers that one can read out. */
const SEEDS = 100_000

/** Looks before the last surprises, newest last, with the number of the surprise. */
interface Past {
  readonly look: Look
  readonly seed: number
}

export function Surprise({ fields }: { fields: readonly LookField[] }) {
  const m = useMessages()
  const { faceLoop, announcements, editor } = useStudio()
  const look = useStore(faceLoop.store, (state) => state.look)
  const sketchId = useStore(editor.documentStore, (state) => state.document.id)
  const [past, setPast] = useState<{ readonly sketchId: string; readonly looks: readonly Past[] }>({ sketchId, looks: [] })
  const looks = past.sketchId === sketchId ? past.looks : []
  if (fields.length === 0) return null
  const surprise = (): void => {
    const seed = Math.floor(Math.random() * SEEDS)
    setPast({ sketchId, looks: [...looks, { look, seed }] })
    faceLoop.takeLook(sampleLook(fields, seed))
    announcements.say(m.look.surprised(seed))
  }
  const back = (): void => {
    const last = looks.at(-1)
    if (!last) return
    setPast({ sketchId, looks: looks.slice(0, -1) })
    faceLoop.setLook(last.look)
  }
  const last = looks.at(-1)
  return (
    <span className="surprise">
      <IconButton
        icon="dice"
        label={m.look.surprise}
        more={last ? m.look.surprised(last.seed) : m.look.surpriseHint}
        side="top"
        onClick={surprise}
      />
      {last ? <IconButton icon="undo" label={m.look.surpriseBack} side="top" onClick={back} /> : null}
    </span>
  )
}
