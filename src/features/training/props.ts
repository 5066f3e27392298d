/** What the parts of the screen are shown. */

import type { TrainingRunRow } from '../../storage/trainingRows'
import type { TrainingMethodDescription, TrainingOptions } from '../../workers/trainingProtocol'
import type { TrainingRoom } from './room'
import type { ShownState } from './runStates'

export interface DraftProps {
  readonly room: TrainingRoom
  readonly draft: TrainingOptions
  readonly method: TrainingMethodDescription
}

export interface RunProps {
  readonly room: TrainingRoom
  readonly run: TrainingRunRow
}

export interface RunStateProps extends RunProps {
  readonly state: ShownState
}
