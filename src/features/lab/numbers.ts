/** Numbers as the lab writes them. */

/** In percent with one decimal; too few to say are a dash. */
export const percentText = (value: number | null): string => (value === null ? '–' : (100 * value).toFixed(1))

/** Three digits that count. */
export const valueText = (value: number): string => (value === 0 ? '0' : Number(value.toPrecision(3)).toString())

/** Mean change of a face in 1/255. */
export const faceChangeText = (value: number): string => value.toFixed(value > 0 && value < 0.1 ? 2 : 1)
