/** The reference picture in the scene graph of the page, below the mean face and the ink. */

import { Group, Image } from 'react-konva'
import { useStore } from 'zustand'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { useStudio } from '../studioContext'

export function ReferencePicture() {
  const { reference: port } = useStudio()
  const { reference, image } = useStore(port.store)
  if (!reference?.isShown || !image) return null
  const { x, y, scale, turnDegrees, opacity, width, height } = reference
  return (
    <Group clipX={0} clipY={0} clipWidth={SKETCH_SIZE_PX} clipHeight={SKETCH_SIZE_PX} listening={false}>
      <Image
        image={image}
        x={x}
        y={y}
        offsetX={width / 2}
        offsetY={height / 2}
        scaleX={scale}
        scaleY={scale}
        rotation={turnDegrees}
        opacity={opacity}
        listening={false}
      />
    </Group>
  )
}
