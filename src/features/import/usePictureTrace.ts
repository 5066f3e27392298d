/** The tracing behind the dialog: settings in, the newest result out; while one is under way, only the newest settings wait. */

import { useEffect, useRef, useState } from 'react'
import { type ErrorReport, toErrorReport } from '../../shared/errors'
import type { ImportedDocument, RgbaImage, TraceSettings } from '../../storage/exchange/types'

export interface PictureSource {
  readonly trace: (settings: TraceSettings) => Promise<ImportedDocument>
  readonly preview: (sidePx: number) => Promise<RgbaImage | null>
}

export interface PictureTrace {
  readonly result: ImportedDocument | null
  /** Of the newest settings, when nothing could be traced with them. */
  readonly error: ErrorReport | null
  readonly isWorking: boolean
}

export function usePictureTrace(source: PictureSource, settings: TraceSettings): PictureTrace {
  const [state, setState] = useState<PictureTrace>({ result: null, error: null, isWorking: true })
  const wanted = useRef<TraceSettings | null>(null)
  const isBusy = useRef(false)

  useEffect(() => {
    let isShown = true
    wanted.current = settings
    const work = async (): Promise<void> => {
      isBusy.current = true
      setState((now) => ({ ...now, isWorking: true }))
      for (let next = wanted.current; next; next = wanted.current) {
        wanted.current = null
        const traced = await source.trace(next).then(
          (result) => ({ result, error: null }),
          (error: unknown) => ({ result: null, error: toErrorReport(error) }),
        )
        if (!wanted.current) setState({ ...traced, isWorking: false })
      }
      isBusy.current = false
    }
    // A slider that is being dragged asks for less than every step.
    const timer = setTimeout(() => {
      if (isShown && !isBusy.current) void work()
    }, 120)
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [source, settings])
  return state
}

/** The picture for the screen, once it is there. */
export function usePreview(source: PictureSource, sidePx: number): RgbaImage | null {
  const [image, setImage] = useState<RgbaImage | null>(null)
  useEffect(() => {
    let isShown = true
    source.preview(sidePx).then(
      (picture) => isShown && setImage(picture),
      () => undefined,
    )
    return () => {
      isShown = false
    }
  }, [source, sidePx])
  return image
}
