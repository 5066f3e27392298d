/** Simplified Chinese. */

import type { Language } from '../language'
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

export const zh = {
  id: 'zh',
  tag: 'zh-Hans',
  messages: {
    name: '简体中文',
    percent: (value) => `${value}%`,
    pixels: (value) => `${value} 像素`,
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
} as const satisfies Language
