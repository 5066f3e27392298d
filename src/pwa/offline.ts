/** The page's side of `serviceWorker.ts`: registers it, tells of a new version, and goes over to it when the person says so. */

const HOUR_MS = 3_600_000

export interface NewVersion {
  /** The page is loaded again as soon as the new version has taken over; at once where another tab has had it do so. */
  readonly use: () => void
}

/**
 * Does nothing where there are no service workers (a page that is not a secure context, a private window of some browsers).
 * @param script its address, relative to the page
 * @param onNewVersion for every version that has come whole and waits; and again when another tab has gone over to it, which leaves this one without
 *   its lazily loaded parts
 */
export async function keepOffline(script: string, onNewVersion: (version: NewVersion) => void): Promise<void> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!container) return
  const reload = (): void => location.reload()
  // The first one of all takes over a page that came without any: that page's parts are its own.
  let isNews = container.controller !== null
  let isAsked = false
  container.addEventListener('controllerchange', () => {
    if (isAsked) reload()
    else if (isNews) onNewVersion({ use: reload })
    isNews = true
  })
  const registration = await container.register(script, { updateViaCache: 'none' })
  const tell = (waiting: ServiceWorker): void =>
    onNewVersion({
      use: () => {
        isAsked = true
        waiting.postMessage('take over')
      },
    })
  // The first one of all waits for nobody.
  if (registration.waiting && container.controller) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && container.controller) tell(installing)
    })
  })
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS)
}
