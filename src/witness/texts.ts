/** The window's few words, by language; whatever is unknown is English. */

export interface WitnessTexts {
  /** Value of the `lang` attribute. */
  readonly tag: string
  readonly title: string
  readonly notAPhotograph: string
  readonly picture: string
  readonly fullScreen: string
  readonly unknownAddress: string
}

const TEXTS: Readonly<Record<string, WitnessTexts>> = {
  en: {
    tag: 'en',
    title: 'Picture – Face Studio',
    notAPhotograph: 'A type likeness, not a photograph of a person',
    picture: 'Picture',
    fullScreen: 'Full screen (F)',
    unknownAddress: 'This window is opened from a case in Face Studio.',
  },
  zh: {
    tag: 'zh-Hans',
    title: '画面 – Face Studio',
    notAPhotograph: '类型相似像，并非真人照片',
    picture: '画面',
    fullScreen: '全屏（F）',
    unknownAddress: '此窗口须从 Face Studio 的案件中打开。',
  },
}

export const textsIn = (language: string): WitnessTexts => TEXTS[language.split('-')[0] ?? ''] ?? (TEXTS.en as WitnessTexts)
