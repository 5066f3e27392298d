/** Telling a GPU from its imitation on the processor, by the names that drivers give themselves. */

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp\b|swrast/i

export function isSoftwareRenderer(name: string): boolean {
  return SOFTWARE.test(name)
}
