/** English messages of the sketch list, the help, and failures. */

import type { ErrorCode } from '../../../shared/errors'

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** What happened, and what to do about it. */
interface ErrorText {
  readonly title: string
  readonly advice: string
}

const errors: Record<ErrorCode, ErrorText> = {
  'out-of-memory': {
    title: 'The memory is full',
    advice: 'Close other tabs or programs, then try the next back end. Your drawing is safe.',
  },
  'device-lost': {
    title: 'The graphics device was lost',
    advice: 'This happens after sleep or a driver update. Go on drawing; the face comes back on the next back end.',
  },
  'worker-crashed': {
    title: 'The face generator stopped',
    advice: 'Your drawing is safe. It restarts by itself; if it stops again, try the next back end.',
  },
  'self-test-failed': {
    title: 'No back end gave the right picture',
    advice: 'Update the browser or its graphics driver, then load the page again. You can go on drawing meanwhile.',
  },
  'no-backend': {
    title: 'No back end can run here',
    advice: 'Use a recent Chrome, Edge, Firefox or Safari, then load the page again. You can go on drawing meanwhile.',
  },
  'model-not-found': { title: 'The model is missing', advice: 'Load the page again, or choose another model in the address (?model=…).' },
  'model-broken': {
    title: 'The model’s files are damaged',
    advice: 'Load the page again; if that does not help, install the studio anew.',
  },
  'bad-image': { title: 'This picture cannot be read', advice: 'Save it again as PNG or JPEG and try once more.' },
  'bad-svg': { title: 'This SVG cannot be read', advice: 'Save it as plain SVG with paths only, without scripts or embedded files.' },
  'bad-project': { title: 'This project file cannot be read', advice: 'Export it again from the studio it came from.' },
  'file-too-large': { title: 'This file is too large', advice: 'Make the picture smaller or split the file.' },
  'unknown-file-type': {
    title: 'This kind of file is not known',
    advice: 'PNG, JPEG, SVG and the studio’s own JSON files can be imported.',
  },
  'too-many-points': { title: 'This drawing is too large', advice: 'Simplify it or split it into several drawings.' },
  'storage-full': { title: 'The disk space for this page is full', advice: 'Export everything now, then delete old sketches.' },
  'storage-unavailable': {
    title: 'This browser does not let the page save',
    advice: 'Leave private browsing or allow site data. Until then, export before you close the tab.',
  },
  'bad-request': { title: 'That did not work', advice: 'Try again; if it keeps happening, load the page again.' },
  internal: { title: 'Something went wrong', advice: 'Your drawing is safe. Load the page again if it keeps happening.' },
}

export const enMore = {
  faithfulness: {
    title: 'Faithfulness',
    hint: 'Low: a clumsy line is straightened. High: every line is meant.',
    recommended: 'As recommended',
    recommendedHint: 'All six; a double click sets one back',
    parts: { jaw: 'Jaw', brows: 'Brows', eyes: 'Eyes', nose: 'Nose', mouth: 'Mouth', rest: 'Hair, rest' },
  },
  fine: {
    live: 'Live',
    refining: 'Refining…',
    fine: 'Fine',
    model: 'Finer model',
    loading: (percent: number) => `loading, ${percent} %`,
    rests: 'Refine when the pen rests',
    restsHint: 'A slower, finer model paints the face anew when nothing has happened for a moment',
  },
  comparison: {
    title: 'Compare models',
    hint: 'How far does an edit of one part reach? Three models, trained alike but for the normalisations taken out of the encoder, each measured against its own face before the edit.',
    pin: 'Measure from here',
    pinHint: 'From now on against the drawing as it is',
    unedited: 'Now change one part of the drawing.',
    loading: 'Loading…',
    failed: 'This model does not run here.',
    face: (model: string) => `Face by ${model}`,
    heat: (model: string) => `What changed in the face by ${model}`,
    /** By id of the shipped models. */
    notes: {
      'ablation-m1': 'M1, as published: every layer is normalised over the whole picture, so each line has a say everywhere.',
      'ablation-ours':
        'Ours, the thesis’s: without the first two, its first two layers hear of nearby lines alone. The whole face still hears of an edit, about as much as in M1.',
      'ablation-m2': 'M2: none of the encoder’s five is left. In the thesis its training collapsed; here it came out weakest.',
    } as Record<string, string>,
  },
  sketches: {
    title: 'Sketches',
    close: 'Back to the page',
    search: 'Search names and tags',
    newSketch: 'New sketch',
    empty: 'No sketch yet. The first stroke makes one.',
    nothingFound: 'Nothing matches.',
    deletedEmpty: 'Nothing was deleted in the last 30 days.',
    showDeleted: 'Deleted',
    current: 'On the page',
    strokes: (n: number) => count(n, 'stroke', 'strokes'),
    changed: (when: string) => `Changed ${when}`,
    openNamed: (name: string) => `Go to ${name}`,
    actionsFor: (name: string) => `More for ${name}`,
    rename: 'Rename and tag…',
    duplicate: 'Duplicate',
    exportProject: 'Export project',
    delete: 'Delete',
    restore: 'Restore',
    purge: 'Delete for good',
    purgeAll: 'Empty',
    deleted: (name: string) => `“${name}” was deleted.`,
    bringBack: 'Bring back',
    duplicated: (name: string) => `“${name}” was copied.`,
    usage: (used: string, quota: string) => `${used} of ${quota} used`,
    usageUnknown: 'The browser does not tell how much space is used.',
    exportAll: 'Export all',
    importFile: 'Import…',
    more: 'Show more',
    allTags: 'All',
    name: 'Name',
    tags: 'Tags',
    tagsHint: 'Separate tags with commas',
    save: 'Save',
    cancel: 'Cancel',
    copyOf: (name: string) => `${name} (copy)`,
    tagDrawing: 'Name and tags',
  },
  notices: {
    'opened-as-copy': 'This sketch is open in another tab, so this is a copy of it.',
    'changes-dropped': (n: number) => `The last ${count(n, 'change', 'changes')} could not be read and were left out.`,
    'strokes-dropped': (n: number) => `${count(n, 'stroke', 'strokes')} could not be read and were left out.`,
  },
  failure: {
    tryNext: 'Try the next back end',
    retry: 'Try again',
    restarting: 'Restarting…',
    details: 'Details',
    panelTitle: 'The face panel failed',
    panelAdvice: 'The drawing is safe and saved as before. Show the panel again, or load the page again.',
    panelRetry: 'Show it again',
    appTitle: 'The studio failed',
    appAdvice: 'Your strokes are saved on this device. Load the page again to go on; to be sure, download the drawing first.',
    appReload: 'Load the page again',
    appExport: 'Download the drawing (JSON)',
    dismiss: 'Dismiss',
  },
  errors,
  help: {
    title: 'Help',
    shortcuts: 'Shortcuts',
    groups: { tools: 'Tools', edit: 'Edit', view: 'View', keyboard: 'Drawing with the keyboard', face: 'Face' },
    rows: {
      hand: 'Move the page while held',
      thinner: 'Thinner, thicker pen',
      cancel: 'Drop the gesture, or clear the selection',
      selectAll: 'Take all strokes',
      deleteSelection: 'Delete what is selected',
      duplicate: 'Duplicate what is selected',
      nudge: 'Move what is selected by 1 px, with Shift by 10',
      newSketch: 'New sketch',
      sketches: 'Sketches',
      help: 'This list',
      moveCrosshair: 'Move the pen by 2 px, with Shift by 10',
      penDownUp: 'Put the pen down, lift it',
      dropStroke: 'Drop the stroke',
      zoomWheel: 'Zoom',
      panWheel: 'Move the page',
      heat: 'What changed',
      compare: 'Compare with the previous face',
      enlarge: 'Enlarge the face',
      wheel: 'wheel',
      arrows: 'Arrow keys',
    },
    about: 'About',
    aboutLines: [
      'Draw the contour of a face; a neural network in this browser paints a face that fits it.',
      'The network learned from synthetic people only. It invents everything that a drawing does not say: skin, light, hair, identity.',
      'A generated face is an illustration of the drawing. It is not a likeness of any person and must not be used as evidence of identity.',
    ],
    privacyTitle: 'Everything stays on this device',
    privacyLines: [
      'Drawings, faces and settings are kept in this browser’s own storage on this device.',
      'The page may only talk to the server that it came from, and only to fetch its own program and models. The browser enforces this (Content-Security-Policy: connect-src ’self’).',
      'There is no account, no upload, no counting of visits. Removing the site’s data in the browser removes everything, so export what you want to keep.',
    ],
    modelTitle: 'Model',
    modelMore: 'Data, training, figures and limits of the model are in its card.',
    modelCard: 'Model card',
  },
  shortcuts: { ctrl: 'Ctrl', shift: 'Shift', space: 'Space', enter: 'Enter', escape: 'Esc', delete: 'Del', hold: 'hold' },
}
