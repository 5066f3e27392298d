/** Simplified Chinese: what an artist takes along: films. */

import type { table as english } from '../en/table'
import type { Translated } from '../language'

export const table: Translated<typeof english> = {
  pictureSizes: {
    menu: '1×、2×、4× 图片…',
    title: '其他尺寸的图片',
    what: '图片',
    kinds: { sketchPng: '线稿', facePng: '人脸', sideBySide: '两者并排' },
    size: '尺寸',
    times: (scale) => `${scale} 倍`,
    result: (width, height) => `PNG，${width} × ${height} 像素。`,
    inkAnew: '线稿按此尺寸重新上墨，线条保持清晰。',
    faceOwn: (side) => `人脸为模型原始尺寸，边长 ${side} 像素。`,
    faceEnlarged: (side) => `模型生成的人脸边长为 ${side} 像素。这里只是放大，并不更清晰，没有增加细节；文件中会注明。`,
    copy: '拷贝',
    download: '下载',
  },
  film: {
    menu: '绘画过程影片…',
    title: '绘画过程影片',
    story: '内容',
    stories: { edits: '每一步修改', strokes: '逐笔' },
    view: '画面',
    views: { both: '两者并排', drawing: '线稿', face: '人脸' },
    speed: '速度',
    speeds: { slow: '慢', normal: '正常', fast: '快' },
    size: '高度',
    plan: (seconds, faces) => (faces > 0 ? `时长约 ${seconds} 秒，需要生成 ${faces} 张人脸。` : `时长约 ${seconds} 秒。`),
    noVideo: '此浏览器无法编码视频，将改为动态 PNG，文件更大。',
    historyIsShort: '这张画保留的历史没有回到空白画纸，影片会从中途开始。',
    background: '影片在后台制作，您画画时它会等待。影片中的人脸由模型虚构，不能作为任何人身份的证据。',
    start: '制作影片',
    making: '正在制作影片…',
    cancel: '停止制作影片',
  },
}
