/** Stops with a sentence on a Node that is too old. Imported first, and written so that an old Node can still read it. */

const REQUIRED = '20.19'

/** @param {string} version @returns {number} comparable: major and minor */
const rank = (version) => {
  const parts = version.split('.').map(Number)
  return (parts[0] || 0) * 1000 + (parts[1] || 0)
}

if (rank(process.versions.node) < rank(REQUIRED)) {
  console.error(`face-studio needs Node ${REQUIRED} or newer; this is ${process.versions.node}. Get it from https://nodejs.org.`)
  process.exit(1)
}
