/** English: the frame round the rooms: top bar, saving, files, what goes wrong. */

import type { ErrorCode } from '../../../../shared/errors'
import { count } from './count'

/** What happened, and what to do about it. */
interface ErrorText {
  readonly title: string
  readonly advice: string
}

export const shell = {
  app: {
    title: 'Face Studio',
    skipToSketch: 'Skip to the page',
    loading: 'Opening your last drawing…',
  },
  topBar: {
    documentName: 'Name of this drawing',
    untitled: 'Untitled',
    sketches: 'Sketches',
    training: 'Training',
    file: 'File',
    language: 'Language',
    theme: 'Theme',
    themeSystem: 'As the system',
    themeLight: 'Light',
    themeDark: 'Dark',
    help: 'Help and shortcuts',
    menu: 'Menu',
    privacy: 'Everything stays on this device',
  },
  saving: {
    saved: 'Saved on this device',
    saving: 'Saving…',
    failed: 'Not saved',
    deleted: 'In the trash',
    deletedAdvice: 'Another tab has deleted this sketch. It is still on the page: draw on, or bring it back, and it is kept again.',
    unavailable: 'Saving is switched off here',
    persisted: 'The browser has promised to keep your sketches.',
    notPersisted: 'The browser may clear sketches when the disk runs full. Export what matters.',
    retry: 'Try again',
    exportNow: 'Export everything now',
  },
  file: {
    newSketch: 'New sketch',
    importFile: 'Import…',
    importHint: 'PNG, SVG, project or database. Dropping and pasting work too.',
    exportFace: 'Face',
    sketchPng: 'Drawing as PNG',
    sketchSvg: 'Drawing as SVG',
    project: 'Project (JSON)',
    facePng: 'Face as PNG',
    sideBySide: 'Drawing and face side by side',
    copy: { sketchPng: 'Copy the drawing', facePng: 'Copy the face', sideBySide: 'Copy both, side by side' },
    copied: 'The picture is on the clipboard.',
    copiedStrokes: (n: number) => `${count(n, 'stroke is', 'strokes are')} on the clipboard. Paste into any sketch.`,
    psd: 'Layers for Photoshop (PSD)',
    layers: { paper: 'Paper', reference: 'Reference', face: 'Face', sketch: 'Sketch' },
    database: 'All sketches in one file',
    exported: (name: string) => `${name} was downloaded.`,
    noFace: 'There is no face to export yet.',
    imported: (name: string, strokes: number) =>
      `“${name}” is open with ${count(strokes, 'stroke', 'strokes')}. The drawing before it is under Sketches.`,
    databaseTitle: 'Bring in these sketches?',
    databaseBody: (n: number) => `The file holds ${count(n, 'sketch', 'sketches')}. Sketches that are already here stay as they are.`,
    databaseProblems: (n: number) => `${count(n, 'sketch', 'sketches')} cannot be read and will be left out:`,
    databaseMerge: 'Bring in',
    importedDatabase: (added: number, alreadyThere: number) =>
      alreadyThere > 0
        ? `${count(added, 'sketch', 'sketches')} came in, ${alreadyThere} were already here.`
        : `${count(added, 'sketch', 'sketches')} came in.`,
    unchanged: 'Your drawing is unchanged.',
    dropHere: 'Drop to import',
    reading: 'Reading the file…',
  },
  notices: {
    'opened-as-copy': 'This sketch is open in another tab, so this is a copy of it.',
    'changes-dropped': (n: number) => `The last ${count(n, 'change', 'changes')} could not be read and were left out.`,
    'strokes-dropped': (n: number) => `${count(n, 'stroke', 'strokes')} could not be read and were left out.`,
    newVersion: {
      title: 'A new version of the studio is ready',
      use: 'Reload now',
      later: 'Your drawing is kept. Otherwise it comes the next time that the studio is opened.',
    },
    deletedElsewhere: 'This sketch was deleted in another tab. The next stroke brings it back.',
    lost: {
      title: 'The browser has thrown away what it kept for this page',
      advice:
        'After it was stopped by force it found its database broken and began a new one. The strokes of the last sketch came back from the log beside it, where there were any; import your exported files and case archives now.',
    },
    damaged: {
      title: (n: number) => `The entries of ${count(n, 'sketch', 'sketches')} were damaged`,
      advice:
        'Every stroke that could be read is here. What could not be read is set aside in the database; a name, tags or a look may be missing.',
    },
  },
  unsaved: {
    title: 'This drawing is not saved',
    body: 'The browser could not keep the last changes. If you go on, they are held only until this tab closes.',
    stay: 'Stay with it',
    leave: 'Go on without saving',
    exportAndLeave: 'Download it, then go on',
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
  errors: {
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
    'training-diverged': {
      title: 'The training came apart',
      advice: 'Nothing before the last checkpoint is lost. Go on from it with a lower learning rate.',
    },
    'bad-request': { title: 'That did not work', advice: 'Try again; if it keeps happening, load the page again.' },
    internal: { title: 'Something went wrong', advice: 'Your drawing is safe. Load the page again if it keeps happening.' },
  } satisfies Record<ErrorCode, ErrorText> as Record<ErrorCode, ErrorText>,
}
