import { describe, expect, it } from 'vitest'
import { foldText } from './foldText'

describe('foldText', () => {
  it.each([
    ['Łukasz Zięba', 'lukasz zieba'],
    ['Søren Brøndum', 'soren brondum'],
    ['Đorđe', 'dorde'],
    ['Straße 4', 'strasse 4'],
    ['STRASSE', 'strasse'],
    ['ẞ', 'ss'],
    ['Zoë', 'zoe'],
    ['Æther, Œuvre, Þór', 'aether, oeuvre, thor'],
    ['İstanbul ığdır', 'istanbul igdir'],
    ['Ħal', 'hal'],
    ['Nguyễn Đức', 'nguyen duc'],
    ['Ångström', 'angstrom'],
    ['O’Brien', "o'brien"],
    ['ﬁne Ｆｕｌｌ', 'fine full'],
    ['安 Ан', '安 ан'],
  ])('%s is found as %s', (name, typed) => {
    expect(foldText(name)).toBe(typed)
  })

  it('finds what is typed with or without the accent', () => {
    expect(foldText('zięba')).toBe(foldText('Zieba'))
    expect(foldText('e\u0301')).toBe(foldText('\u00e9'))
  })
})
