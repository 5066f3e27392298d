/** `npm start`: install what is missing, build what is old, serve it, say where. */

import './requireNode.mjs'

// Loaded late, so that an old Node has already been told.
import('./startServer.mjs').then(({ startServer }) => startServer())
