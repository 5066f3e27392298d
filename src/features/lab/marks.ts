/** A colour and a shape for each group: told apart by either, on light and dark alike. Mid-tones after Tol's and Okabe and Ito's palettes. */

const COLOURS = [
  '#1a85cc',
  '#d55e00',
  '#009e73',
  '#d94b8a',
  '#a08000',
  '#8a6fe0',
  '#888888',
  '#dd4422',
  '#2a9d9d',
  '#c8782c',
  '#4f9a2e',
  '#b06fb0',
]

/** Paths about the origin, about two units wide. */
const SHAPES = {
  disc: 'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z',
  square: 'M-.9-.9H.9V.9H-.9Z',
  triangle: 'M0-1.2 1.1.8H-1.1Z',
  diamond: 'M0-1.3 1.1 0 0 1.3-1.1 0Z',
  plus: 'M-.4-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2V-.4H-.4Z',
  down: 'M0 1.2 1.1-.8H-1.1Z',
} as const
const ORDER = Object.values(SHAPES)

export interface Mark {
  readonly colour: string
  readonly shape: string
}

/** @param group its place in the list of groups */
export const markOf = (group: number): Mark => ({
  colour: COLOURS[group % COLOURS.length] as string,
  shape: ORDER[group % ORDER.length] as string,
})
