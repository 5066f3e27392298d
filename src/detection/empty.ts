/** In place of the back ends that Human imports and the photos' worker does not use. */

export {}
