/**
 * The Content-Security-Policy of a production build: nothing is loaded from, sent to or embedded by another origin, and no code is made
 * from text. The server sends it as a header (which also binds the workers); the build writes it into index.html for other hosts.
 */

const DIRECTIVES = {
  'default-src': "'none'",
  // WebAssembly must be compiled; JavaScript from strings must not.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  // Thumbnails and exports are blob: and data: pictures made by the page itself.
  'img-src': "'self' blob: data:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'font-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

/** @param {Record<string, string>} directives */
const serialise = (directives) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

/** For `<meta http-equiv>`, where browsers ignore `frame-ancestors` with a warning. */
export const META_POLICY = serialise(DIRECTIVES)

export const HEADER_POLICY = serialise({ ...DIRECTIVES, 'frame-ancestors': "'none'" })
