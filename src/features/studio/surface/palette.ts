/** The colours that the canvas needs, read from the style sheet, so that themes live in one place. */

export interface SurfacePalette {
  readonly paper: string
  readonly surround: string
  readonly ink: string
  readonly underlay: string
  readonly accent: string
  readonly guide: string
}

export function readPalette(element: Element): SurfacePalette {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    paper: colour('--paper'),
    surround: colour('--surround'),
    ink: colour('--ink'),
    underlay: colour('--underlay'),
    accent: colour('--paper-accent'),
    guide: colour('--guide'),
  }
}
