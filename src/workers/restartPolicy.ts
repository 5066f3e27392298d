/**
 * Which back ends to leave out after a loss. One that had worked and whose worker crashed or fell silent gets a second chance, because the cause is often the tab
 * and not the back end; one whose device was lost, that ran out of memory, that never came up or that fails again is left out.
 */

import type { ErrorCode } from '../shared/errors'
import type { Backend, StartOptions } from './protocol'

export class RestartPolicy {
  private readonly crashed = new Set<Backend>()
  private excluded: readonly Backend[] = []
  private forced: Backend | null = null

  /** Forgets every loss: a person asks for a fresh start. */
  reset({ exclude, forceBackend }: Pick<StartOptions, 'exclude' | 'forceBackend'>): void {
    this.crashed.clear()
    this.excluded = exclude
    this.forced = forceBackend
  }

  lost(backend: Backend, code: ErrorCode, hadWorked: boolean): void {
    if (hadWorked && code === 'worker-crashed' && !this.crashed.has(backend)) this.crashed.add(backend)
    else this.exclude(backend)
  }

  /** Not this one again. A forced back end that is out leaves the choice to the self-test. */
  exclude(backend: Backend): void {
    if (!this.excluded.includes(backend)) this.excluded = [...this.excluded, backend]
    if (this.forced === backend) this.forced = null
  }

  choice(): Pick<StartOptions, 'exclude' | 'forceBackend'> {
    return { exclude: this.excluded, forceBackend: this.forced }
  }
}
