/** Drawing, face or both as a picture of a chosen size, with what that means. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../features/ui/Dialog'
import { ChoiceField } from '../features/ui/fields'
import { useMessages } from '../features/ui/i18n/I18n'
import { SKETCH_SIZE_PX } from '../shared/units'
import { useApp } from './appContext'
import { COPIED, PICTURE_SCALES, type PictureId, type PictureScale, pictureOptions } from './exportFormats'

export function PictureSizeDialog() {
  const m = useMessages()
  const { ui, exports, studio } = useApp()
  const facePx = useStore(studio.faceLoop.store, (state) => state.shown?.sizePx ?? 0)
  const [what, setWhat] = useState<PictureId>('sideBySide')
  const [scale, setScale] = useState<PictureScale>(2)
  const sidePx = scale * (what === 'facePng' ? facePx : SKETCH_SIZE_PX)
  const close = (): void => ui.setState({ dialog: null })
  /** The answer shows on the page. */
  const act = (make: typeof exports.copyAs): void => {
    close()
    void make(what, pictureOptions(what, scale))
  }
  return (
    <Dialog title={m.pictureSizes.title} closeLabel={m.sketches.cancel} className="film-dialog" onClose={close}>
      <div className="film-choices">
        <ChoiceField
          label={m.pictureSizes.what}
          value={what}
          choices={COPIED.map((value) => ({ value, label: m.pictureSizes.kinds[value] }))}
          onChange={setWhat}
        />
        <ChoiceField
          label={m.pictureSizes.size}
          value={String(scale)}
          choices={PICTURE_SCALES.map((value) => ({ value: String(value), label: m.pictureSizes.times(value) }))}
          onChange={(value) => setScale(PICTURE_SCALES.find((each) => String(each) === value) ?? 1)}
        />
      </div>
      <div aria-live="polite">
        <p>{m.pictureSizes.result(what === 'sideBySide' ? 2 * sidePx : sidePx, sidePx)}</p>
        {what === 'facePng' ? null : <p className="muted">{m.pictureSizes.inkAnew}</p>}
        {what === 'sketchPng' ? null : (
          <p className="muted">{sidePx > facePx ? m.pictureSizes.faceEnlarged(facePx) : m.pictureSizes.faceOwn(facePx)}</p>
        )}
      </div>
      <div className="button-row end">
        <button type="button" className="button" onClick={() => act(exports.copyAs)}>
          {m.pictureSizes.copy}
        </button>
        <button type="button" className="button primary" onClick={() => act(exports.exportAs)}>
          {m.pictureSizes.download}
        </button>
      </div>
    </Dialog>
  )
}
