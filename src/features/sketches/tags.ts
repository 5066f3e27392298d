/** Tags as a person types them: separated by commas (also Chinese ones), each once, in order. */

import { LIMITS } from '../../storage/exchange/types'

export function parseTags(text: string): string[] {
  const tags = text
    .split(/[,，、;；\n]/)
    .map((tag) => tag.trim().slice(0, LIMITS.tagLength))
    .filter((tag) => tag !== '')
  return [...new Set(tags)].slice(0, LIMITS.tags)
}
