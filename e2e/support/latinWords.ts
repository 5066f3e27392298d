/** What of an interface in another script is in Latin letters: words that nobody has translated. */

import type { Page } from '@playwright/test'

/** Names that are the same in every language. */
const INTERNATIONAL =
  /WebAssembly|WebGPU|WebGL|JavaScript|English|PNG|SVG|CSV|PSD|PCA|SNE|JSON|JPEG|Ctrl|Shift|Esc|Del|Content-Security-Policy|connect-src|self|\b(byte|kB|MB|GB|px|live)\b/g

/** Latin words that a person can see or hear. */
export async function latinWords(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('[lang="en"], script')) continue
      for (const name of ['aria-label', 'placeholder', 'title', 'aria-valuetext']) found.push(element.getAttribute(name) ?? '')
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? '')
    }
    return found
  })
  return texts.map((text) => text.replaceAll(INTERNATIONAL, '')).filter((text) => /[A-Za-z]{3,}/.test(text) && !/#[0-9a-f]{6}/.test(text))
}
