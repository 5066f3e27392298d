/** Unit tests: they sit beside the source, run in Node and need no browser. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'offline/**/*.test.ts', 'bench/**/*.test.ts'],
    // The parity tests run a whole generator on the plain CPU back end, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // TensorFlow.js publishes its gradient definitions only as modules without file extensions, which Node cannot load by itself.
    server: { deps: { inline: [/@tensorflow\/tfjs-core\/dist\/(?!index|tf-core)/] } },
  },
})
