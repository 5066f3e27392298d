/** The models that make pictures of photos, as they are installed, and how far one is loaded. */

import { useMemo, useSyncExternalStore } from 'react'
import type { PhotosPort, PictureModel } from './roomTypes'
import { isPictureModel } from './roomTypes'

export function useModels({ models }: PhotosPort): readonly PictureModel[] {
  const all = useSyncExternalStore(models.subscribe, models.list)
  return useMemo(() => all.filter(isPictureModel), [all])
}

export function useLoading({ models }: PhotosPort): number | null {
  return useSyncExternalStore(models.subscribe, models.loading)
}
