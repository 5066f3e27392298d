/** A Photoshop file of what is on the page: paper, face and drawing as layers, and in its metadata what made the face. */

import type { Layer } from 'ag-psd'
import type { Stroke } from '../editor/document'
import type { FacePicture } from '../features/studio/face/faceTypes'
import type { ReferenceState } from '../features/studio/reference/reference'
import { canvasOf } from '../features/ui/canvas'
import { madeByStudio } from '../shared/pngText'
import { drawFace, drawInk, drawReference, FROM_SKETCH, originOf, PAPER } from './pictures'

export interface LayerNames {
  readonly paper: string
  readonly reference: string
  readonly face: string
  readonly sketch: string
}

/** @param sidePx of the file; the face is enlarged to it, its layer says from what */
export async function layeredPsd(
  strokes: readonly Stroke[],
  { face, reference }: { readonly face: FacePicture | null; readonly reference: ReferenceState },
  sketch: string,
  names: LayerNames,
  sidePx: number,
): Promise<Blob> {
  // Some 300 kB that only this needs.
  const { writePsd } = await import('ag-psd')
  const layer = (name: string, paint: (context: CanvasRenderingContext2D) => void): Layer & { canvas: HTMLCanvasElement } => {
    const { canvas, context } = canvasOf(sidePx, sidePx)
    paint(context)
    return { name, canvas }
  }
  const paper = layer(names.paper, (context) => {
    context.fillStyle = PAPER
    context.fillRect(0, 0, sidePx, sidePx)
  })
  const under =
    reference.reference && reference.image ? [layer(names.reference, (context) => drawReference(context, reference, sidePx))] : []
  const ink = layer(names.sketch, (context) => drawInk(context, strokes, sidePx))
  const faces = face ? [layer(`${names.face} (${face.sizePx} px)`, (context) => drawFace(context, face, 0, sidePx))] : []
  // From the bottom up.
  const children = [paper, ...under, ...faces, ink]
  const composite = layer('', (context) => {
    for (const { canvas } of children) context.drawImage(canvas, 0, 0)
  })
  const texts = face ? madeByStudio(FROM_SKETCH, originOf(face, sketch)) : { Software: 'Face Studio' }
  const bytes = writePsd({
    width: sidePx,
    height: sidePx,
    canvas: composite.canvas,
    children,
    imageResources: { xmpMetadata: xmpOf(texts) },
  })
  return new Blob([bytes], { type: 'image/vnd.adobe.photoshop' })
}

/** ISO 16684-1: the description for every program, and each text under its own name. */
function xmpOf(texts: Readonly<Record<string, string>>): string {
  const { Description = '', Software = '', ...others } = texts
  const own = Object.entries(others).map(([key, text]) => `<studio:${key}>${escaped(text)}</studio:${key}>`)
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:studio="urn:face-studio:made-by">',
    `<xmp:CreatorTool>${escaped(Software)}</xmp:CreatorTool>`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(Description)}</rdf:li></rdf:Alt></dc:description>`,
    ...own,
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>',
  ].join('')
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
