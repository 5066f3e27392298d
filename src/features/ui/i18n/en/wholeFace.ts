/** English: changes of the whole face, and random faces. */

export const wholeFace = {
  wholeFace: {
    title: 'Whole face',
    panels: 'What is adjusted',
    hint: 'Moves the lines. Skin and hair are the look’s.',
    sliders: {
      age: 'Younger – older',
      sex: 'Female – male',
      width: 'Narrow – wide',
      fullness: 'Lean – full',
      jaw: 'Small – large jaw',
      low: 'High – low mouth',
      caricature: 'Mean – caricature',
    },
    reset: 'Reset',
    resetHint: 'All sliders to 0; a double click sets one back',
    random: 'Random faces…',
    randomTitle: 'Random faces',
    randomHint: 'Each a contour and its face. The one you choose comes onto the page, and undo takes it back.',
    others: 'Others',
    face: (seed: number) => `Face no. ${seed}`,
    began: (seed: number) => `Began as face no. ${seed}`,
    failed: 'No face of it could be made here.',
  },
}
