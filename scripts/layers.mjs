/**
 * Who may import whom: the one table. `scripts/importRules.mjs` writes the linter's rules from it (`biome.layers.json`); a new layer or screen is one
 * entry here. Everything that an entry does not name is refused.
 */

/** Packages that only some layers may use; any other package is free. */
export const PACKAGES = {
  react: ['react', 'react-dom', 'radix-ui', '@radix-ui', 'zustand'],
  konva: ['konva', 'react-konva'],
  tensors: ['@tensorflow'],
  comlink: ['comlink'],
  indexedDb: ['idb'],
  pictures: ['pngjs', 'jpeg-js'],
  detector: ['@vladmandic'],
  archives: ['fflate'],
  algebra: ['ml-matrix', '@keckelt'],
  caches: ['workbox-precaching', 'workbox-routing', 'workbox-strategies'],
}

/** Folders of `src`. */
export const FOLDERS = [
  'app',
  'features',
  'editor',
  'faces',
  'models',
  'inference',
  'detection',
  'training',
  'lab',
  'cases',
  'workers',
  'storage',
  'cli',
  'pwa',
  'witness',
  'shared',
  'main',
]

/** One folder of `features` each; `ui` is what they share. */
export const FEATURES = ['ui', 'studio', 'sketches', 'import', 'photos', 'datasets', 'training', 'lab', 'cases']

/**
 * @typedef {object} Layer
 * @property {readonly string[]} files globs
 * @property {readonly string[]} may folders of `src`, or single files and folders in them (`workers/protocol`)
 * @property {readonly (keyof typeof PACKAGES)[]} packages
 * @property {string} says what a person reads who breaks it
 * @property {readonly string[]} [besides] folders outside `src` that are refused too
 */

const FEATURE_MAY = [
  'features',
  'editor',
  'faces',
  'storage',
  'shared',
  'workers/client',
  'workers/protocol',
  'workers/importClient',
  'workers/photosClient',
  'workers/photosProtocol',
]
/** @type {Readonly<Record<string, readonly (keyof typeof PACKAGES)[]>>} */
const FEATURE_PACKAGES = { studio: ['konva'], photos: ['archives'] }
/** What one feature may import besides. @type {Readonly<Record<string, readonly string[]>>} */
const FEATURE_BESIDES = {
  lab: ['lab', 'workers/labClient'],
  training: ['workers/trainingClient', 'workers/trainingProtocol'],
  datasets: ['workers/trainingProtocol'],
  cases: ['cases'],
}
/** What runs in Node beside the studio. */
const NODE_MAY = ['inference', 'detection', 'models', 'editor', 'faces', 'cases', 'shared', 'cli', 'workers/protocol', 'storage/exchange']

/**
 * @param {string} feature
 * @returns {Layer}
 */
function featureLayer(feature) {
  return {
    files: [`src/features/${feature}/**`],
    may: [...FEATURE_MAY, ...(FEATURE_BESIDES[feature] ?? [])],
    packages: ['react', ...(FEATURE_PACKAGES[feature] ?? [])],
    says: 'a feature imports only editor, faces, storage, workers/client, workers/protocol and shared, no other feature, and Konva only in the studio.',
  }
}

/** @type {readonly Layer[]} */
export const LAYERS = [
  { files: ['src/shared/**'], may: ['shared'], packages: [], says: 'shared imports nothing of the house.' },
  { files: ['src/faces/**'], may: ['faces', 'shared'], packages: [], says: 'faces imports only shared.' },
  {
    files: ['src/editor/**'],
    may: ['editor', 'faces', 'shared'],
    packages: [],
    says: 'editor imports only faces and shared: no React, no Konva, no tensors.',
  },
  {
    files: ['src/models/**'],
    may: ['models', 'shared'],
    packages: ['tensors'],
    says: 'models are pure tensor functions: they import only shared and TensorFlow.js.',
  },
  {
    files: ['src/inference/**'],
    may: ['inference', 'models', 'faces', 'shared', 'workers/protocol'],
    packages: ['tensors'],
    says: 'inference imports only models, faces, workers/protocol and shared.',
  },
  {
    files: ['src/detection/**'],
    may: ['detection', 'faces', 'shared'],
    packages: ['tensors', 'detector'],
    says: 'detection imports only faces, shared, the face detector and TensorFlow.js.',
  },
  {
    files: ['src/training/**'],
    may: ['training', 'models', 'faces', 'shared', 'workers/protocol', 'workers/trainingProtocol'],
    packages: ['tensors'],
    says: 'training imports only models, faces, the protocols and shared.',
  },
  {
    files: ['src/lab/**'],
    may: ['lab', 'editor/document', 'editor/rasterizer', 'faces', 'shared'],
    packages: ['algebra'],
    says: 'lab is plain computation on drawings and vectors: it imports only the document, the rasteriser, faces and shared.',
  },
  {
    files: ['src/cases/**'],
    may: ['cases', 'editor/document', 'faces', 'shared', 'workers/protocol'],
    packages: ['archives'],
    says: 'cases is plain computation on the log of a case: it imports only the document, faces, shared, the protocol and the archiver.',
  },
  {
    files: ['src/storage/**'],
    may: ['storage', 'cases', 'faces', 'shared', 'editor/document', 'editor/history', 'editor/rasterizer'],
    packages: ['indexedDb'],
    says: "storage imports only the editor's document, history and rasteriser, cases, faces and shared.",
  },
  {
    files: ['src/workers/**', '!src/workers/**/*.worker.ts', '!src/workers/parts/**', '!src/workers/**/*.test.ts', '!src/workers/test*.ts'],
    may: ['workers', 'faces', 'shared', 'storage/exchange/types', 'storage/photoTypes', 'lab/projectionTypes'],
    packages: ['comlink'],
    says: 'the worker clients and protocols import only faces, shared and the types of exchange and photos: no model, no tensor.',
  },
  {
    files: ['src/workers/**/*.worker.ts', 'src/workers/parts/**'],
    may: ['workers', 'inference', 'detection', 'training', 'lab', 'models', 'storage', 'faces', 'shared'],
    packages: ['tensors', 'comlink', 'archives'],
    says: 'a worker imports only inference, detection, training, lab, models, storage, faces, the protocol and shared.',
  },
  {
    files: ['src/cli/**'],
    may: [...NODE_MAY],
    packages: ['tensors', 'pictures', 'detector'],
    says: 'the command line imports only inference, detection, models, editor, faces, storage/exchange, workers/protocol and shared.',
  },
  {
    files: ['src/pwa/**'],
    may: ['pwa'],
    packages: ['caches'],
    says: 'pwa is the page without a network: it imports nothing of the house.',
  },
  {
    files: ['src/witness/**'],
    may: ['witness', 'shared'],
    packages: [],
    says: 'the window for a witness shows what it is sent: it imports only shared, and no package.',
  },
  ...FEATURES.map(featureLayer),
  {
    files: ['src/app/**'],
    may: [
      'app',
      'pwa/offline',
      ...FEATURE_MAY,
      'features/lab',
      'features/training',
      'cases',
      'workers/labClient',
      'workers/trainingClient',
      'workers/trainingProtocol',
    ],
    packages: ['react'],
    says: 'app imports only features and what features may import; Konva stays in features/studio.',
  },
  {
    files: ['src/main.tsx'],
    may: ['app', ...FEATURE_MAY],
    packages: ['react'],
    says: 'main wires app, features, editor, faces, storage and the worker client; it never imports models or tensors.',
  },
  {
    files: ['offline/node/**'],
    may: NODE_MAY,
    packages: ['tensors', 'pictures', 'detector', 'algebra'],
    besides: ['evaluate', 'photos', 'lab'],
    says: 'offline/node is what evaluation and photos share: it imports neither, and of the studio what the command line may.',
  },
  {
    files: ['offline/evaluate/**'],
    may: NODE_MAY,
    packages: ['tensors', 'pictures', 'detector', 'algebra'],
    besides: ['photos', 'lab'],
    says: 'the evaluation imports offline/node and of the studio what the command line may; never the photos command.',
  },
  {
    files: ['offline/photos/**'],
    may: NODE_MAY,
    packages: ['tensors', 'pictures', 'detector', 'algebra'],
    besides: ['evaluate', 'lab'],
    says: 'the photos command imports offline/node and of the studio what the command line may; never the evaluation.',
  },
  {
    files: ['offline/lab/**'],
    may: [...NODE_MAY, 'lab'],
    packages: ['tensors', 'algebra'],
    besides: ['evaluate', 'photos'],
    says: 'the lab command imports offline/node and of the studio what the command line may, and the lab; never the other commands.',
  },
  {
    files: ['bench/**'],
    may: [...NODE_MAY, 'training', 'workers/trainingProtocol', 'storage/cases', 'storage/openCase', 'storage/sealedRows'],
    packages: ['tensors', 'pictures'],
    besides: ['offline', 'pipeline'],
    says: 'the bench imports of the studio what the command line may, training, the storage of cases, and scripts.',
  },
  {
    files: ['scripts/**'],
    may: [],
    packages: ['archives'],
    besides: ['offline', 'bench', 'e2e'],
    says: 'scripts are plain Node: they import nothing of the studio.',
  },
]
