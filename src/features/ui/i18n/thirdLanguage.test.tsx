/** A language is one object: this one is added here as a file would add it, and the interface speaks it. */

import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { localize } from '../../../shared/localized'
import { en } from './en'
import { I18n, useLanguage, useLocalized, useMessages } from './I18n'
import type { Language } from './language'
import { LANGUAGES, preferredLocale } from './messages'

const MODEL_NAME = { en: 'Live model', zh: '实时模型', fr: 'Modèle direct' }

const french: Language = {
  id: 'fr',
  tag: 'fr',
  messages: { ...en.messages, name: 'Français', topBar: { ...en.messages.topBar, sketches: 'Croquis' } },
}

function Probe() {
  const m = useMessages()
  return <p lang={useLanguage().tag}>{`${m.name}: ${m.topBar.sketches}, ${useLocalized()(MODEL_NAME)}`}</p>
}

const speak = (language: Language) =>
  renderToStaticMarkup(
    <I18n language={language}>
      <Probe />
    </I18n>,
  )

describe('a third language', () => {
  it('is chosen by the browser’s list, and nothing else changes', () => {
    const languages = [...LANGUAGES, french]
    expect(preferredLocale(['fr-CA', 'zh'], languages)).toBe('fr')
    expect(preferredLocale(['zh-CN', 'fr'], languages)).toBe('zh')
    expect(preferredLocale(['fr-CA'], LANGUAGES)).toBe('en')
  })

  it('speaks in the interface, and in the names that manifests give', () => {
    expect(speak(french)).toBe('<p lang="fr">Français: Croquis, Modèle direct</p>')
  })

  it('falls back to English for a name that a manifest lacks', () => {
    expect(localize({ en: 'Live model', zh: '实时模型' }, 'fr')).toBe('Live model')
  })
})
