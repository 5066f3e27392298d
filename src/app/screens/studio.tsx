/** The page with its tools and the face: the ground that every other screen opens over. */

import { Studio } from '../../features/studio/Studio'
import { defineScreen } from './screen'

export const studioScreen = defineScreen({
  id: 'studio',
  route: '',
  isGround: true,
  create: () => null,
  Component: ({ layout }) => <Studio layout={layout} />,
  onFiles: (files, _state, { imports }) => imports.importFiles(files),
})
