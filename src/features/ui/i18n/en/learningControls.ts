/** English: what a training is made of: its weights and rates with what they do, and its networks. */

export const trainingControls = {
  lambdaPair: { label: 'Like its pair', hint: 'How much it counts that a picture looks like the one it belongs to.' },
  lambdaTexture: { label: 'Texture', hint: 'Lines and brightness as in the cartoons, without regard to colours; a judge decides.' },
  lambdaSurface: { label: 'Smooth surfaces', hint: 'Flat areas as in the cartoons; a second judge decides.' },
  lambdaVariation: { label: 'Little noise', hint: 'Neighbouring pixels are alike.' },
  lambdaCycle: { label: 'There and back', hint: 'A picture that goes to the other side and back comes back as it was.' },
  lambdaIdentity: { label: 'Leave what fits', hint: 'A picture that is of the wanted kind already stays as it is.' },
  lambdaAdversarial: { label: 'Judge of the whole', hint: 'A judge that learns beside it finds the picture real.' },
  lambdaPixel: { label: 'Like its pair, where known', hint: 'For pictures of the set that do belong together.' },
  lambdaL1: { label: 'Like its pair', hint: 'Every pixel as in the artist’s drawing.' },
  lambdaLocal: { label: 'Eyes, nose, mouth, hair', hint: 'The same for the parts of the face, each by a network of its own.' },
  lambdaDistance: { label: 'Lines near lines', hint: 'A line may be a little off its place, as an artist’s are.' },
  lambdaLocalAdversarial: { label: 'Judges of the parts', hint: 'Judges of eyes, nose, mouth, hair and background.' },
  learningRate: { label: 'Learning rate', hint: 'How far a step goes. Too high, and the training comes apart.' },
  discriminatorLearningRate: { label: 'Learning rate of the judges', hint: 'The same for the networks that judge.' },
  adversarialFromStep: {
    label: 'Judges from step',
    hint: 'Until then pairs alone count, which is quicker. At or above the number of steps: never.',
  },
  identityEvery: { label: 'Leave what fits: every … steps', hint: 'Looked at now and then only, which is quicker.' },
  pool: { label: 'Pictures judges remember', hint: 'Earlier results are shown to the judges again.' },
  stage: { label: 'Stage', hint: '1: prepares for drawings with made ones. 2: learns from an artist’s.' },
}

export const trainingNetworks = {
  generator: 'what makes the pictures',
  generatorAB: 'what makes pictures of photos',
  generatorBA: 'what makes photos of pictures',
  discriminator: 'the judge of the whole',
  discriminatorA: 'the judge of photos',
  discriminatorB: 'the judge of pictures',
  textureDiscriminator: 'the judge of texture',
  surfaceDiscriminator: 'the judge of surfaces',
  leftEyeDiscriminator: 'the judge of left eyes',
  rightEyeDiscriminator: 'the judge of right eyes',
  noseDiscriminator: 'the judge of noses',
  mouthDiscriminator: 'the judge of mouths',
  hairDiscriminator: 'the judge of hair',
  backgroundDiscriminator: 'the judge of backgrounds',
}
