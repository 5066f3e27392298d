/** Simplified Chinese: changes of the whole face, and random faces. */

import type { wholeFace as english } from '../en/wholeFace'
import type { Translated } from '../language'

export const wholeFace: Translated<typeof english> = {
  wholeFace: {
    title: '整脸',
    panels: '调整的内容',
    hint: '只移动线条；肤色和头发由样貌决定。',
    sliders: {
      age: '年轻 – 年长',
      sex: '女 – 男',
      width: '窄 – 宽',
      fullness: '瘦 – 胖',
      jaw: '下颌小 – 大',
      low: '口鼻高 – 低',
      caricature: '平均 – 夸张',
    },
    reset: '复位',
    resetHint: '所有滑块归零；双击某个滑块只复位这一项',
  },
}
