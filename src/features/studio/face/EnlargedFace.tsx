/** The face as large as the window allows, with the same comparison and heat map. */

import { useStore } from 'zustand'
import { Dialog } from '../../ui/Dialog'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { CompareSlider, FaceActions } from './FaceBar'
import { FaceView } from './FaceView'
import { ChangeFigures } from './Reach'

export function EnlargedFace() {
  const m = useMessages()
  const { ui } = useStudio()
  const { enlarged, comparing, divide, heat } = useStore(ui)
  if (!enlarged) return null
  return (
    <Dialog
      title={m.face.enlargedFace}
      closeLabel={m.face.close}
      kind="screen"
      className="enlarged"
      onClose={() => ui.setState({ enlarged: false })}
    >
      <div className="enlarged-face">
        <FaceView label={m.face.enlargedFace} divide={comparing ? divide : 0} heat={heat} isMain={false} />
      </div>
      <div className="enlarged-bar">
        <ChangeFigures />
        <CompareSlider />
        <FaceActions side="bottom" enlarged />
      </div>
    </Dialog>
  )
}
