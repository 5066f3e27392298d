/** Kinds of content that a file may hold beside its lines, and that are left out and told. */

/** Of an SVG: what is no line, or not understood. */
export type SvgLeftOut = 'text' | 'images' | 'masks' | 'filters' | 'patterns' | 'markers' | 'clips' | 'unreadable'

/** Of a picture of a drawing. */
export type PictureLeftOut = 'table' | 'rules' | 'borders' | 'holes'

export type LeftOut = SvgLeftOut | PictureLeftOut | 'marks'
