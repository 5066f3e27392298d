/** The drawings as points: what two models' encoders make of them at one place of the face, in the plane and as numbers. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { PROJECTION_METHODS } from '../../lab/projectionTypes'
import { ChoiceField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { DrawingPanel } from './DrawingPanel'
import { GroupList } from './GroupList'
import { LayerChoice, ModelChoice } from './ModelChoice'
import { PlotView } from './PlotView'
import type { LabRoom } from './room'
import { SIDES } from './roomTypes'
import { SpreadTable } from './SpreadTable'

export function PlaneView({ room }: { room: LabRoom }) {
  const m = useMessages()
  const [isLasso, setLasso] = useState(false)
  return (
    <>
      <p className="lab-intro muted">{m.lab.intro}</p>
      <div className="lab-controls">
        <LayerChoice room={room} />
        <MethodChoice room={room} />
        <ChoiceField
          label={m.lab.pointer}
          value={isLasso ? 'lasso' : 'point'}
          choices={(['point', 'lasso'] as const).map((value) => ({ value, label: m.lab.pointers[value] }))}
          onChange={(value) => setLasso(value === 'lasso')}
        />
      </div>
      <div className="lab-layout lab-layout-plane">
        <div className="lab-plots">
          {SIDES.map((side) => (
            <section key={side} className="lab-side" aria-label={side === 'left' ? m.lab.leftModel : m.lab.rightModel}>
              <ModelChoice room={room} side={side} />
              <PlotView room={room} side={side} isLasso={isLasso} />
            </section>
          ))}
        </div>
        <aside className="lab-aside">
          <DrawingPanel room={room} />
          <GroupList room={room} />
        </aside>
        <SpreadTable room={room} />
      </div>
    </>
  )
}

function MethodChoice({ room }: { room: LabRoom }) {
  const m = useMessages()
  const method = useStore(room.store, (state) => state.method)
  return (
    <ChoiceField
      label={m.lab.method}
      value={method}
      choices={PROJECTION_METHODS.map((value) => ({ value, label: m.lab.methods[value] }))}
      onChange={room.chooseMethod}
    />
  )
}
