/** Everything of one sketch that is kept. */

import type { SketchDocument } from '../editor/document'
import type { Look } from '../faces/look'
import type { ToleranceChoice } from '../faces/toleranceChoice'

export interface SketchState {
  readonly document: SketchDocument
  readonly look: Look
  readonly tolerance: ToleranceChoice
}
