/** English, whose table every other language must match by type. Functions take what varies. */

import { cases } from './casework'
import { datasets } from './datasets'
import { drawing } from './drawing'
import { face } from './face'
import { help } from './help'
import { imports } from './imports'
import { lab } from './laboratory'
import { training } from './learning'
import { photos } from './photos'
import { shell } from './shell'
import { sketches } from './sketches'
import { table } from './table'
import { wholeFace } from './wholeFace'

/** Not a `Language` by type, so that the type of all messages comes from here. */
export const en = {
  id: 'en',
  tag: 'en',
  messages: {
    name: 'English',
    percent: (value: number) => `${value} %`,
    pixels: (value: number) => `${value} px`,
    ...shell,
    ...drawing,
    ...face,
    ...sketches,
    ...help,
    ...imports,
    ...photos,
    ...lab,
    ...training,
    ...datasets,
    ...cases,
    ...table,
    ...wholeFace,
  },
} as const
