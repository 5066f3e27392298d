/** What the edit in hand does in each of the two models, one under the other, as far as it is known. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useLocalized } from '../ui/i18n/I18n'
import type { LabRoom } from './room'
import { type EditStudy, SIDES, type Side } from './roomTypes'

interface SideStudiesProps {
  readonly room: LabRoom
  readonly className: string
  readonly children: (study: EditStudy) => ReactNode
}

export function SideStudies(props: SideStudiesProps) {
  return SIDES.map((side) => <SideStudy key={side} {...props} side={side} />)
}

function SideStudy({ room, className, children, side }: SideStudiesProps & { readonly side: Side }) {
  const text = useLocalized()
  const id = useStore(room.store, (state) => state.sides[side])
  const study = useStore(room.store, (state) => state.studies[id ?? ''])
  const name = room.port.models.list().find((model) => model.id === id)?.name
  if (!study) return null
  return (
    <div className={className} data-side={side}>
      <h4>{name ? text(name) : id}</h4>
      {children(study)}
    </div>
  )
}
