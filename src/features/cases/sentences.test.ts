import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { LANGUAGES } from '../ui/i18n/messages'
import { SENTENCES } from './sentences'

/** Errors from below come in English: what is translated is found by its words, which must be the words. */
it.each(Object.values(SENTENCES).flatMap((each) => Object.keys(each)))('“%s” is said somewhere, to the letter', (sentence) => {
  const root = new URL('../../', import.meta.url)
  const sources = ['cases', 'storage', 'features/cases', 'app'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(fileURLToPath(new URL(`${folder}/${name}`, root)), 'utf8')),
  )
  expect(sources.some((source) => source.includes(`'${sentence}'`))).toBe(true)
})

it('are kept for languages that there are', () => {
  expect(LANGUAGES.map(({ messages }) => messages.name)).toEqual(expect.arrayContaining(Object.keys(SENTENCES)))
})
