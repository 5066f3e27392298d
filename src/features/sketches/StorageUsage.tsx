/** How much of the space that the browser grants is used. */

import { useEffect, useState } from 'react'
import type { StudioStorage, StorageUsage as Usage } from '../../storage/types'
import { useLanguage, useMessages } from '../ui/i18n/I18n'
import { writeBytes } from '../ui/writeBytes'

export function StorageUsage({ storage }: { storage: StudioStorage }) {
  const m = useMessages()
  const { tag } = useLanguage()
  const [usage, setUsage] = useState<Usage | null>(null)
  useEffect(() => {
    const load = (): void => void storage.usage().then(setUsage, () => undefined)
    load()
    return storage.sketches.onChange(load)
  }, [storage])
  if (!usage) return <p className="usage muted">{m.sketches.usageUnknown}</p>
  const share = usage.quotaBytes > 0 ? usage.usedBytes / usage.quotaBytes : 0
  return (
    <div className="usage muted">
      <meter min={0} max={1} value={Math.max(share, 0.004)} aria-hidden="true" />
      <span className="number">{m.sketches.usage(writeBytes(usage.usedBytes, tag), writeBytes(usage.quotaBytes, tag))}</span>
    </div>
  )
}
