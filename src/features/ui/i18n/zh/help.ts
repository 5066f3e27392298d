/** Simplified Chinese: help and the names of keys. */

import type { help as english } from '../en/help'
import type { Translated } from '../language'

export const help: Translated<typeof english> = {
  help: {
    title: '帮助',
    shortcuts: '快捷键',
    groups: { tools: '工具', edit: '编辑', view: '视图', keyboard: '用键盘画', face: '人脸' },
    rows: {
      hand: '按住时移动画纸',
      thinner: '画笔变细、变粗',
      cancel: '放弃当前动作，或取消选择',
      selectAll: '选中全部',
      deleteSelection: '删除所选',
      duplicate: '复制所选',
      flip: '翻转所选笔画',
      clipboard: '拷贝、剪切所选；粘贴到任意草图',
      nudge: '所选移动 1 像素，按住 Shift 移动 10 像素',
      newSketch: '新建草图',
      sketches: '草图库',
      help: '本列表',
      moveCrosshair: '画笔移动 2 像素，按住 Shift 移动 10 像素',
      penDownUp: '落笔、提笔',
      dropStroke: '放弃这一笔',
      wholePart: '选择整个部位',
      doubleClick: '双击',
      taps: '触摸屏：两指轻点撤销，三指轻点重做',
      zoomWheel: '缩放',
      panWheel: '移动画纸',
      heat: '变化之处',
      compare: '与前一张脸对比',
      enlarge: '放大查看人脸',
      wheel: '滚轮',
      arrows: '方向键',
    },
    about: '关于',
    aboutLines: [
      '画出一张脸的轮廓，浏览器里的神经网络就画出与之相合的人脸。',
      '网络只用合成的人像训练。线稿没有说明的一切，如皮肤、光线、头发、身份，都是它编造的。',
      '生成的人脸只是线稿的图解，不是任何人的肖像，不得作为身份认定的证据。',
    ],
    privacyTitle: '一切都留在本机',
    privacyLines: [
      '线稿、人脸和设置都保存在本机浏览器自己的存储里。',
      '本页只能与提供它的服务器通信，而且只为取得自身的程序和模型。这一点由浏览器强制执行（Content-Security-Policy: connect-src ’self’）。',
      '没有账号，没有上传，没有访问统计。在浏览器中清除网站数据会删除一切，所以想保留的请先导出。',
    ],
    modelTitle: '模型',
    modelMore: '模型的数据、训练、指标和局限见其说明卡。',
    modelCard: '模型说明卡',
  },
  shortcuts: { ctrl: 'Ctrl', shift: 'Shift', space: '空格', enter: '回车', escape: 'Esc', delete: 'Del', hold: '按住' },
}
