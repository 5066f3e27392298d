/** The colours that the canvas needs, read from the style sheet, so that themes live in one place. */

export interface SurfacePalette {
  readonly paper: string
  readonly surround: string
  readonly ink: string
  readonly underlay: string
  readonly accent: string
  readonly guide: string
  /** 0–1 */
  readonly inkOpacity: number
}

/** @param chosen for the person's eyes; the model sees black ink whatever it is */
export function readPalette(element: Element, chosen: { readonly inkColour: string | null; readonly inkOpacity: number }): SurfacePalette {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    paper: colour('--paper'),
    surround: colour('--surround'),
    ink: chosen.inkColour ?? colour('--ink'),
    inkOpacity: chosen.inkOpacity,
    underlay: colour('--underlay'),
    accent: colour('--paper-accent'),
    guide: colour('--guide'),
  }
}
