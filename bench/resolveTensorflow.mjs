/** A resolver for Node's own loader: the files of TensorFlow.js' gradients import each other without endings, which only bundlers understand. */

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  const isInside = context.parentURL?.includes('/@tensorflow/tfjs-core/dist/') && specifier.startsWith('.') && !specifier.endsWith('.js')
  return next(isInside ? `${specifier}.js` : specifier, context)
}
