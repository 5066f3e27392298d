/** Development server and production build. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { META_POLICY } from './scripts/contentSecurityPolicy.mjs'
import { detectorModels } from './scripts/detectorModels.mjs'
import { thirdPartyNotices } from './scripts/licences.mjs'
import { serviceWorker } from './scripts/serviceWorker.mjs'

/** The production page carries its own policy, for hosts other than ours. It comes first, so that it holds for everything after it. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: META_POLICY }, injectTo: 'head-prepend' },
    ],
  }
}

/** The licence texts of what is bundled go with the bundle. */
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: thirdPartyNotices() })
    },
  }
}

const inModules = (path: string): string => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url))

export default defineConfig({
  // Relative, so that the build also works in a folder of another host.
  base: './',
  plugins: [react(), contentSecurityPolicy(), licences(), detectorModels(), serviceWorker()],
  resolve: {
    alias: [
      // Human with the studio's own TensorFlow.js; of its back ends only wasm and cpu are used.
      { find: '@vladmandic/human/nobundle', replacement: inModules('@vladmandic/human/dist/human.esm-nobundle.js') },
      {
        find: /^@tensorflow\/tfjs-backend-web(gl|gpu)\/dist\/index\.js$/,
        replacement: fileURLToPath(new URL('src/detection/empty.ts', import.meta.url)),
      },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // The studio, and the window for a witness.
    rolldownOptions: { input: ['index.html', 'witness.html'] },
    // A file in the page's own text would be a data: URL, which the policy refuses to fetch or run.
    assetsInlineLimit: 0,
    // The polyfill is for browsers that cannot run the studio anyway.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
})
