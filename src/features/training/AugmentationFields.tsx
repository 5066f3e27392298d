/** How pictures are drawn anew each time that they are shown. */

import type { Augmentation } from '../../shared/augment'
import { STANDARD_AUGMENTATION } from '../../shared/augment'
import { SwitchField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { NumberField } from './NumberField'

interface AugmentationFieldsProps {
  readonly value: Augmentation
  readonly isUnpaired: boolean
  readonly onChange: (value: Augmentation) => void
}

const SHARES = ['crop', 'colour', 'light'] as const

export function AugmentationFields({ value, onChange }: AugmentationFieldsProps) {
  const { augmentation: m } = useMessages().training
  return (
    <>
      <p className="muted">{m.note}</p>
      <SwitchField label={m.mirror} checked={value.mirror} onChange={(mirror) => onChange({ ...value, mirror })} />
      <div className="training-numbers">
        {SHARES.map((id) => (
          <NumberField
            key={id}
            label={m[id]}
            {...{ value: Math.round(100 * value[id]), min: 0, max: 50, step: 1, isStepped: true }}
            standard={Math.round(100 * STANDARD_AUGMENTATION[id])}
            onChange={(percent) => onChange({ ...value, [id]: percent / 100 })}
          />
        ))}
      </div>
    </>
  )
}
