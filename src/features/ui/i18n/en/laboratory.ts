/** English: the lab, where one looks into the models. */

import { count } from './count'

export const lab = {
  lab: {
    title: 'Lab',
    close: 'Back to the page',
    intro:
      'What the encoder of a model makes of one place of the face, for 198 drawings in groups that differ in one part each. Where drawings of a group lie on one point, an edit of that part did not reach this place.',
    view: 'View',
    views: { plane: 'Points', edit: 'One edit', why: 'Why it spreads' },
    leftModel: 'Left model',
    rightModel: 'Right model',
    noModel: 'No model',
    layer: 'Layer',
    method: 'Projection',
    methods: { pca: 'PCA', tsne: 't-SNE' },
    pointer: 'Pointer',
    pointers: { point: 'Point at drawings', lasso: 'Lasso a group' },
    lassoGroup: (number: number) => `Lasso ${number}`,
    lassoEmpty: 'No drawing lies within the lasso. Draw it round some points.',
    running: (model: string, done: number, total: number) => `${model}: drawing ${done} of ${total}`,
    progress: 'Drawings done',
    ready: 'All features are there.',
    stopped: 'Not all features have been computed.',
    runningEdit: (done: number, total: number) => `This edit: ${done} of ${total}`,
    readyEdit: 'This edit is computed.',
    stoppedEdit: 'Not all of this edit has been computed.',
    start: 'Compute',
    cancel: 'Cancel',
    differentVectors: (different: number, total: number) =>
      `${count(different, 'different vector', 'different vectors')} of ${count(total, 'drawing', 'drawings')}.`,
    variance: (percent: number) => `${percent} % of the variance is shown.`,
    oneDrawing: 'One drawing alone: there is nothing to compare it with. Tick another group, or add drawings to this one.',
    allEqual: (drawings: number) =>
      `All ${drawings} drawings have the same vector to the last bit, so they lie on one point: nothing in which they differ reaches this place in this layer.`,
    tooFewForTsne: 'These are fewer than five, too few for t-SNE: PCA is shown.',
    noGroup: 'No group takes part. Tick one below the drawing.',
    nothingYet: 'Nothing to show yet: it is still to be computed.',
    drawingTitle: 'Drawing',
    drawing: (group: string, place: number) => `${group}, ${place}`,
    noDrawing: 'No drawing',
    previous: 'Previous drawing',
    next: 'Next drawing',
    pointX: 'x',
    pointY: 'y',
    eyeCorner: 'Eye corner',
    pointHint:
      'Click the drawing to look at another place. The squares are what a feature of each layer sees, from L0 inside to L4; the filled one is the chosen layer’s.',
    drawingMode: 'What the pointer does on the drawing',
    drawingModes: { place: 'Choose place', drag: 'Drag a part' },
    pick: 'Add to a group',
    dragHint:
      'Drag a part of the face: eighteen drawings along its way become a group, the first as it was. The fields do the same for a straight way, in sketch pixels.',
    dragPart: 'Part',
    dragRight: 'Right',
    dragDown: 'Down',
    dragMake: (count: number) => `Make ${count} drawings`,
    dragTooShort: 'The part was hardly moved. Drag it farther.',
    noParts: 'No part of the face is recognised in this drawing. Choose another one.',
    draggedGroup: (part: string, number: number) => `${part} dragged, ${number}`,
    dropGroup: (name: string) => `Drop the group “${name}”`,
    groupsTitle: 'Groups',
    group: 'Group',
    groups: {
      hair: 'Hair added',
      attribute: 'New attribute',
      faceShape: 'Face shape',
      brows: 'Brows',
      eyeShape: 'Eye shape',
      eyeSize: 'Eye size',
      doodles: 'Doodles',
      mouth: 'Mouth',
      nose: 'Nose',
      mouthOtherEyes: 'Mouth, eyes of “Nose”',
      noseOtherEyes: 'Nose, eyes of “Mouth”',
      own: 'My sketches',
    },
    addOwn: 'Add my sketches',
    noOwn: 'There are no sketches to add yet.',
    editIntro:
      'How one edit spreads through the encoders of two models. An instance norm measures every channel over the whole picture, so a line anywhere has a say everywhere; held to what it measured before the edit, it has none.',
    editLines:
      'Draw a line on the face: it is an edit of its own. Else the drawing is compared with the first of its group. Orange: the lines that are new. Dashed: those that are gone.',
    ownEdit: 'Your edit',
    takePage: 'Last stroke of my page',
    dropOwnEdit: 'Drop my edit',
    noPage: 'There is nothing on the page yet. Draw a stroke in the studio first.',
    ablationTitle: 'The ablation on this edit',
    ablationNote:
      'Each model’s face before the edit, after it, and where it has changed: the mean change of a pixel in 1/255, within 24 sketch pixels of the edited lines and outside. Statistics held: every norm keeps what it measured before the edit.',
    ablationMissing: 'No models for comparison are installed on this server.',
    heldModel: (model: string) => `${model}, statistics held`,
    reach: (inside: string, outside: string) => `inside ${inside}, outside ${outside}`,
    faceWaiting: 'Not computed yet.',
    faceBefore: (model: string) => `${model}: face before the edit`,
    faceAfter: (model: string) => `${model}: face after the edit`,
    faceHeat: (model: string) => `${model}: where the face changes`,
    changeTitle: 'How the edit spreads, layer by layer',
    changeNote:
      'Orange where a layer’s features move; the percentage of places where at least one bit is another; and how far the measures of the layer’s norm move, in its deviations. Without a norm a layer moves round the edited lines alone.',
    changeFirst: 'Before and after are the same drawing, so nothing moves. Choose another one, or draw a line.',
    passPlain: 'As the model is',
    passHeld: 'Statistics held: the norms keep what they measured before the edit',
    moved: (layer: string, percent: string) => `${layer}: ${percent} %`,
    noNorm: 'no norm',
    normMoved: (percent: string) => `norm ${percent} %`,
    channelsTitle: 'The strongest channels',
    channelsOf: (layer: string) => `The strongest channels of ${layer}`,
    channelsNote:
      'Left what a channel answers to after the edit, dark where it is strong; right where that has moved. Percentages are the channel’s mean change in its mean strength, as the model is and with its statistics held. Then what its norm measures, before → after.',
    channel: (number: number) => `No. ${number}`,
    channelActivity: (number: number) => `Channel ${number} after the edit`,
    channelMoves: (number: number) => `Where channel ${number} moves`,
    channelChange: (plain: string, held: string) => `${plain} %, held ${held} %`,
    channelNorm: (before: readonly [string, string], after: readonly [string, string]) =>
      `mean ${before[0]} → ${after[0]}, deviation ${before[1]} → ${after[1]}`,
    why: {
      title: 'Why instance norms spread an edit',
      intro:
        'Six pictures, made just now by the models on this machine, of the edit in hand. Step through the drawings, or draw a line in “One edit”: pictures and figures follow.',
      missing: 'This page needs the models M1 and Ours, which are not installed on this server.',
      before: 'before the edit',
      after: 'after it',
      inside: 'inside the edit',
      outside: 'outside',
      pictures: {
        edit: {
          title: 'One part is edited',
          text: (where: string) => `The lines that are new are orange. The cross marks the place that the lab looks at. ${where}`,
          far: 'The edit leaves it alone: should anything change there?',
          near: 'The edit reaches it, so here something has to change.',
        },
        near: {
          title: 'A convolution looks nearby',
          text: (moved: string) =>
            `The first layer of Ours has no norm. Each of its features sees 7 × 7 pixels, so only places next to an edited line can move: ${moved} % of them. All others are equal to the last bit.`,
        },
        measure: {
          title: 'An instance norm measures the whole picture',
          text: (shift: string) =>
            `From every channel the first norm of M1 takes its mean away and divides by its deviation, both measured over all places at once. A bar is a channel’s deviation. The edit moves mean and deviation by ${shift} % of a deviation on average.`,
        },
        everywhere: {
          title: 'So every place is told of the edit',
          text: (moved: string, here: string) =>
            `All places are divided by the new number, however far from the line they are: ${moved} % of them move, the cross by ${here} % of a feature’s mean length.`,
        },
        held: {
          title: 'With the old statistics the edit stays where it is',
          text: (moved: string) =>
            `The same model, weights and lines, but its norms keep what they measured before the edit: ${moved} % of the places move. It was the measuring that spread it, not the convolutions.`,
        },
        face: {
          title: 'What is left of it in the face',
          text: (moved: string, m1: string, ours: string, held: string) =>
            `Taking out the first two norms keeps two layers local; the third layer of Ours has one again, and there ${moved} % of the places move. The face outside the edit changes by ${m1} in M1, ${ours} in Ours and ${held} with statistics held (1/255): what is deep sees the whole face by its convolutions alone.`,
        },
      },
    },
    tableTitle: 'Spread within groups and distance between them',
    tableNote:
      'Mean distance from the group’s mean, and of the groups’ means from one another, in percent of the mean length of all vectors of that layer. “=”: all vectors of the group are equal to the last bit. “0”: all are zero, the layer says nothing of this place. “–”: too few.',
    plotLine: (model: string, values: string) => `${model}, L0 to L4, in percent: ${values}.`,
    within: 'Within, mean of the groups',
    between: 'Between groups',
    saveTable: 'Table (CSV)',
  },
}
