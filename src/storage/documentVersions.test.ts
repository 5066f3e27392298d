import { describe, expect, it } from 'vitest'
import { DOCUMENT_VERSION } from '../editor/document'
import { DOCUMENT_UPGRADES, type DocumentUpgrades, upgradeDocument } from './documentVersions'

describe('upgradeDocument', () => {
  const upgrades: DocumentUpgrades = {
    1: (document) => ({ ...document, paper: 'white' }),
    2: ({ paper, ...document }) => ({ ...document, page: { paper } }),
  }

  it('takes a document through every version up to the current one', () => {
    expect(upgradeDocument({ version: 1, name: 'old' }, upgrades, 3)).toEqual({ version: 3, name: 'old', page: { paper: 'white' } })
    expect(upgradeDocument({ version: 2, paper: 'blue' }, upgrades, 3)).toEqual({ version: 3, page: { paper: 'blue' } })
    expect(upgradeDocument({ version: 3 }, upgrades, 3)).toEqual({ version: 3 })
  })

  it('knows a way from every version that was ever released', () => {
    for (let version = 1; version < DOCUMENT_VERSION; version++) expect(DOCUMENT_UPGRADES[version]).toBeTypeOf('function')
  })

  it.each([
    [{ version: 4 }, 'newer'],
    [{ version: 0 }, 'never existed'],
    [{ version: '1' }, 'no version'],
    [{}, 'no version'],
    [null, 'no version'],
    [[], 'no version'],
  ])('refuses %j with a sentence', (raw, words) => {
    expect(() => upgradeDocument(raw, upgrades, 3)).toThrow(
      expect.objectContaining({ code: 'bad-project', message: expect.stringContaining(words) }),
    )
  })
})
