/** What every part of the open case is given. */

import type { CaseDesk } from './desk'
import type { OpenView } from './deskTypes'

export interface CasePart {
  readonly desk: CaseDesk
  readonly open: OpenView
}
