/**
 * The TensorFlow.js back ends in the order in which they are tried, and what is true of each. A new one is one row here and one set-up in
 * `inference/setups/`.
 */

export interface BackendTraits {
  /**
   * Largest absolute difference to a golden output that is trusted, in tanh units (2 is black against white). The fixture itself is rounded to half precision
   * (5e-4) and sums come in another order; GPUs may compute in half precision inside. A kernel that is wrong is off by tenths.
   */
  readonly selfTestTolerance: number
  /** How long it may be silent while weights load or it is tried. */
  readonly startMs: number
  /** How long a face may take, whatever the passes before took. */
  readonly passMs: { readonly least: number; readonly most: number }
  /** It runs in a graphics driver, which can take its worker down: what is being tried then must be known. */
  readonly hasDriver: boolean
  /** A face takes minutes: nothing is asked of it that nobody has asked for. */
  readonly isLastResort: boolean
}

const FAST = { startMs: 60_000, passMs: { least: 8_000, most: 60_000 }, isLastResort: false, hasDriver: true } as const

export const BACKEND_TRAITS = {
  webgpu: { ...FAST, selfTestTolerance: 0.03 },
  webgl: { ...FAST, selfTestTolerance: 0.05 },
  wasm: { ...FAST, hasDriver: false, selfTestTolerance: 0.01 },
  cpu: { startMs: 300_000, passMs: { least: 300_000, most: 300_000 }, isLastResort: true, hasDriver: false, selfTestTolerance: 0.01 },
} as const satisfies Record<string, BackendTraits>

export type Backend = keyof typeof BACKEND_TRAITS
export const BACKENDS = Object.keys(BACKEND_TRAITS) as readonly Backend[]
