/** The bar with its styles, loaded together. */

export { CaseBar } from '../features/cases/CaseBar'

import './styles/caseBar.css'
