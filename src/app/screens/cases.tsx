/** Cases: a declaration alone. The desk and its database are loaded when somebody comes in. */

import { lazy, Suspense } from 'react'
import { defineScreen } from './screen'

const Room = lazy(async () => ({ default: (await import('./casesRoom')).Room }))

export const casesScreen = defineScreen({
  id: 'cases',
  route: 'cases',
  entry: { icon: 'caseFile', label: (m) => m.cases.title, inMenu: true },
  create: ({ cases }) => cases.open().catch(() => null),
  Component: ({ state, close }) => (
    <Suspense fallback={null}>
      <Room opening={state} onClose={close} />
    </Suspense>
  ),
  onFiles: async (files, state, { toasts, messages }) => {
    const desk = await state
    const [file, ...more] = files
    if (!desk || !file || more.length > 0) toasts.show({ kind: 'problem', title: messages().cases.oneFile })
    else desk.offerImport(file)
  },
})
