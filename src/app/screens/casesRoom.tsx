/** The cases' screen with its styles: loaded when it is first shown. */

import { use } from 'react'
import { CasesScreen } from '../../features/cases/CasesScreen'
import type { CaseDesk } from '../../features/cases/desk'
import '../styles/rooms.css'
import '../styles/cases.css'
import '../styles/caseVersions.css'
import '../styles/casePaper.css'

export function Room({ opening, onClose }: { opening: Promise<CaseDesk | null>; onClose: () => void }) {
  return <CasesScreen desk={use(opening)} onClose={onClose} />
}
