/** English: the artist's table: pictures and films to take along, settings. */

import { count } from './count'

export const table = {
  settings: {
    title: 'Settings',
    general: 'Language and theme',
    pen: 'Pen',
    page: 'Page',
    ink: 'Lines as you see them',
    inkNote: 'For your eyes only: the model and every export see black ink.',
    inkColour: 'Colour',
    inkColours: { theme: 'Black', pencil: 'Grey', blue: 'Blue', red: 'Red', own: 'Own…' },
    inkOpacity: 'Strength',
    screen: 'Screen',
    noFullScreen: 'This browser gives no page the whole screen.',
    shortcuts: 'Shortcuts',
    shortcutsNote: 'Press a shortcut, then the keys that you want. They work wherever you do not type.',
    change: (name: string, keys: string) => `${name}: ${keys}. Change`,
    none: 'none',
    pressKeys: 'Press keys… (Esc: leave it)',
    fixed: (keys: string) => `${keys} belongs to the page and cannot be given away.`,
    taken: (keys: string, name: string) => `${keys} did “${name}” until now, which has no keys any more.`,
    reset: (name: string) => `${name}: the usual keys again`,
    resetAll: 'All shortcuts as they were',
    stillTaken: (keys: string, name: string) => `${keys} does something else now, so “${name}” has no keys.`,
  },
  partCopy: {
    menu: 'Copy parts onto the page…',
    title: (name: string) => `Parts of “${name}”`,
    parts: 'Parts to copy',
    part: (name: string, strokes: number) => `${name} (${strokes})`,
    note: 'They come to where they lie in that sketch, selected: move, scale or mirror them, or undo.',
    take: 'Put on the page',
    done: (strokes: number) => `${count(strokes, 'stroke is', 'strokes are')} on the page.`,
  },
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
