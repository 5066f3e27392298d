/** `npm test`: everything that must hold before a change is accepted, ending in one line `N passed, M failed`. */

import './requireNode.mjs'

import('./testSuite.mjs').then(({ testSuite }) => testSuite())
