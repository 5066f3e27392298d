/** The pictures of one photo, for as long as they are shown. */

import { useEffect, useState } from 'react'
import type { EncodedPicture, PhotoPictures } from '../../storage/photoTypes'
import { decoded } from './pictures'
import type { PhotosRoom } from './room'

/** @param faces how many there are: one may be placed by hand */
export function usePictures(room: PhotosRoom, photoId: string, faces: number): PhotoPictures | null {
  const [pictures, setPictures] = useState<PhotoPictures | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another face has another picture
  useEffect(() => {
    let isCurrent = true
    room.port.library.pictures(photoId).then(
      (found) => isCurrent && setPictures(found),
      (error: unknown) => isCurrent && room.report(error),
    )
    return () => {
      isCurrent = false
    }
  }, [room, photoId, faces])
  return pictures
}

export function useBitmap(picture: EncodedPicture | null | undefined): ImageBitmap | null {
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null)
  useEffect(() => {
    let isCurrent = true
    setBitmap(null)
    if (!picture) return
    decoded(picture).then(
      (made) => (isCurrent ? setBitmap(made) : made.close()),
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [picture])
  return bitmap
}
