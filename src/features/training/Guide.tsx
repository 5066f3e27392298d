/** One page for an artist: from a folder of pictures to a model of their own. */

import { Dialog } from '../ui/Dialog'
import { useMessages } from '../ui/i18n/I18n'

/** Made by a training on this screen, of the starter set. */
const PICTURE = 'guide/training.webp'

export function Guide({ onClose }: { onClose: () => void }) {
  const m = useMessages()
  return (
    <Dialog title={m.training.guideTitle} closeLabel={m.training.guideClose} className="training-guide" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: with nothing else in it to be reached, arrow keys could not scroll it */}
      <section aria-label={m.training.guide} tabIndex={0}>
        <figure>
          <img src={PICTURE} alt={m.training.guidePicture} width={728} height={176} />
          <figcaption className="muted">{m.training.guidePictureCaption}</figcaption>
        </figure>
        {m.training.guideParts.map(({ title, text }) => (
          <section key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </section>
        ))}
      </section>
    </Dialog>
  )
}
