/** Side of the sketch document in sketch pixels (thesis, section 2.4: contours are 512×512). */
export const SKETCH_SIZE_PX = 512

/** A length or coordinate in sketch pixels, 0–512, origin top left. */
export type SketchPx = number & { readonly __unit?: 'sketch-px' }
/** A length or coordinate in CSS pixels of the drawing surface. */
export type ScreenPx = number & { readonly __unit?: 'screen-px' }
