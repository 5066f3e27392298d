/** Addresses of encoded pictures for `<img>`, given back when they are no longer shown. */

import { useEffect, useState } from 'react'
import type { EncodedPicture } from '../../storage/photoTypes'

export function usePictureUrl(picture: EncodedPicture | null | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!picture) {
      setAddress(null)
      return
    }
    const url = URL.createObjectURL(new Blob([picture.bytes], { type: picture.mime }))
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [picture])
  return address
}
