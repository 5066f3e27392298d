/** A sample as it was at first and as it is now. */

import type { EncodedPicture } from '../../storage/photoTypes'
import { DividedView } from '../ui/DividedView'
import { useMessages } from '../ui/i18n/I18n'
import { usePictureUrl } from '../ui/usePictureUrl'

interface SampleCompareProps {
  readonly before: EncodedPicture
  readonly now: EncodedPicture
  readonly label: string
}

export function SampleCompare({ before, now, label }: SampleCompareProps) {
  const { training } = useMessages()
  const address = usePictureUrl(now)
  return (
    <DividedView
      before={before}
      after={address ? <img src={address} alt={label} draggable={false} /> : null}
      names={{ before: training.before, after: training.columns.fake_B, divider: training.divider }}
      from={50}
    />
  )
}
