/** One edit: the drawing before and after, the faces that come of it, how it spreads through two encoders, and what becomes of their strongest channels. */

import { useMessages } from '../ui/i18n/I18n'
import { AblationPanel } from './AblationPanel'
import { ChangePanel } from './ChangePanel'
import { ChannelPanel } from './ChannelPanel'
import { EditDrawing } from './EditDrawing'
import { LayerChoice, ModelChoice } from './ModelChoice'
import type { LabRoom } from './room'

export function EditView({ room }: { room: LabRoom }) {
  const m = useMessages()
  return (
    <>
      <p className="lab-intro muted">{m.lab.editIntro}</p>
      <div className="lab-layout lab-layout-edit">
        <aside className="lab-aside">
          <EditDrawing room={room} />
        </aside>
        <div className="lab-edit">
          <AblationPanel room={room} />
          <div className="lab-controls">
            <ModelChoice room={room} side="left" />
            <ModelChoice room={room} side="right" />
            <LayerChoice room={room} />
          </div>
          <ChangePanel room={room} />
          <ChannelPanel room={room} />
        </div>
      </div>
    </>
  )
}
