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
  },
}
