/** Where menus, popovers and tooltips attach: the page, or the modal dialog that they belong to (a dialog makes the rest of the page inert). */

import { createContext, useContext } from 'react'

export const PortalContext = createContext<HTMLElement | null>(null)

export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContext)
}
