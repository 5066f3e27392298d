/** The page's side of `serviceWorker.ts`: registers it, tells of a new version, and goes over to it when the person says so. */

const HOUR_MS = 3_600_000

export interface NewVersion {
  /** The page is loaded again as soon as the new version has taken over. */
  readonly use: () => void
}

/**
 * Does nothing where there are no service workers (a page that is not a secure context, a private window of some browsers).
 * @param script its address, relative to the page
 * @param onNewVersion once for every version that has come whole and waits
 */
export async function keepOffline(script: string, onNewVersion: (version: NewVersion) => void): Promise<void> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!container) return
  const registration = await container.register(script, { updateViaCache: 'none' })
  const tell = (waiting: ServiceWorker): void =>
    onNewVersion({
      use: () => {
        container.addEventListener('controllerchange', () => location.reload(), { once: true })
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
