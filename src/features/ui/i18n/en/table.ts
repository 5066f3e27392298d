/** English: what an artist takes along: films. */

import { count } from './count'

export const table = {
  pictureSizes: {
    menu: 'Pictures in 1×, 2×, 4×…',
    title: 'Pictures in other sizes',
    what: 'Picture',
    kinds: { sketchPng: 'Drawing', facePng: 'Face', sideBySide: 'Both, side by side' },
    size: 'Size',
    times: (scale: number) => `${scale}×`,
    result: (width: number, height: number) => `PNG, ${width} × ${height} pixels.`,
    inkAnew: 'The drawing is inked anew at this size: its lines stay sharp.',
    faceOwn: (side: number) => `The face as the model made it, ${side} pixels a side.`,
    faceEnlarged: (side: number) =>
      `The model makes the face with ${side} pixels a side. It is enlarged, not sharper: no detail is added. The file says so.`,
    copy: 'Copy',
    download: 'Download',
  },
  film: {
    menu: 'Film of the drawing…',
    title: 'Film of the drawing',
    story: 'Shows',
    stories: { edits: 'Every edit', strokes: 'Stroke by stroke' },
    view: 'Picture',
    views: { both: 'Both, side by side', drawing: 'Drawing', face: 'Face' },
    speed: 'Speed',
    speeds: { slow: 'Slow', normal: 'Normal', fast: 'Fast' },
    size: 'Height',
    plan: (seconds: number, faces: number) =>
      faces > 0
        ? `It lasts about ${count(seconds, 'second', 'seconds')}, and ${count(faces, 'face is', 'faces are')} made for it.`
        : `It lasts about ${count(seconds, 'second', 'seconds')}.`,
    noVideo: 'This browser cannot encode video: it becomes an animated PNG, which is larger.',
    historyIsShort: 'The history kept of this drawing does not go back to the empty page, so the film begins in the middle.',
    background:
      'It is made in the background, and waits while you draw. A film shows a face that a model made up, and is no evidence of anybody.',
    start: 'Make the film',
    making: 'Making the film…',
    cancel: 'Stop the film',
  },
}
