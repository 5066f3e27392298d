/** A wipe from a button: asked about before, and told of after. */

import type { CaseDesk } from './desk'

/** @param name as the person knows the case @returns whether it is gone */
export async function wipeAsked(desk: CaseDesk, id: string, name: string): Promise<boolean> {
  const m = desk.port.messages().cases.output
  if (!(await desk.port.confirm({ title: m.wipeAsk(name), body: m.wipeBody, yes: m.wipe }))) return false
  const left = await desk.wipe(id)
  if (left === null) return false
  const isGone = left.length === 0
  desk.port.toasts.show({ kind: isGone ? 'note' : 'problem', title: isGone ? m.wiped : m.wipedNot(left.join(', ')) })
  return true
}
