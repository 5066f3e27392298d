/**
 * The studio without a network. What every visit needs (page, code, the live model) is kept as a whole, version by version; other models, the face detector
 * and the like when they are first used. A new version waits until the person asks for it: a page and its lazily loaded parts always belong together.
 */

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope
/** Set by the build (`scripts/serviceWorker.mjs`): a revision of `null` means that the name carries a hash of the content. */
declare const PRECACHED: { readonly url: string; readonly revision: string | null }[]
/** Hash of all other files. */
declare const OTHERS: string

const USED = 'used-'
const IS_FILE = /\.[a-z0-9]+$/i

cleanupOutdatedCaches()
precacheAndRoute(PRECACHED, { ignoreURLParametersMatching: [] })
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [IS_FILE] }))
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.href.startsWith(self.registration.scope) && IS_FILE.test(url.pathname),
  new CacheFirst({ cacheName: USED + OTHERS }),
)

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()))
})
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
})

/** Files of former versions; this origin may hold other programs' caches too. */
async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(USED) && name !== USED + OTHERS).map((name) => caches.delete(name)))
}
