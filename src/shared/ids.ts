/**
 * Random ids, for everything that needs one. `crypto.randomUUID` exists only in secure contexts, and the studio may be served over plain http in a local network;
 * `crypto.getRandomValues` is there everywhere.
 */

/** 22 characters of the URL-safe alphabet: 132 random bits. */
export function newId(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const bytes = crypto.getRandomValues(new Uint8Array(22))
  return Array.from(bytes, (byte) => alphabet[byte & 63]).join('')
}
