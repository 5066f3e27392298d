/** The screens of the studio, in the order of the top bar. */

import { casesScreen } from './cases'
import { dataSetsScreen } from './dataSets'
import { labScreen } from './lab'
import { photosScreen } from './photos'
import type { StudioScreen } from './screen'
import { sketchesScreen } from './sketches'
import { studioScreen } from './studio'
import { trainingScreen } from './training'

export const SCREENS: readonly StudioScreen[] = [
  studioScreen,
  photosScreen,
  labScreen,
  sketchesScreen,
  dataSetsScreen,
  trainingScreen,
  casesScreen,
]
