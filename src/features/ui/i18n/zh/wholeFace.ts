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
      low: '嘴部高 – 低',
      caricature: '平均 – 夸张',
    },
    reset: '复位',
    resetHint: '所有滑块归零；双击某个滑块只复位这一项',
    random: '随机人脸…',
    randomTitle: '随机人脸',
    randomHint: '每张都有线稿和人脸。选中的一张会画到页面上，可以撤销。',
    others: '换一批',
    face: (seed) => `第 ${seed} 号人脸`,
    began: (seed) => `源自第 ${seed} 号人脸`,
    failed: '此处无法生成它的人脸。',
  },
}
