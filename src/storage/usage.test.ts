import { expect, it } from 'vitest'
import { usageOf } from './usage'

it('is what the browser estimates', () => {
  expect(usageOf({ usage: 5, quota: 100 })).toEqual({ usedBytes: 5, quotaBytes: 100 })
  expect(usageOf({ usage: 5 })).toBeNull()
  expect(usageOf({})).toBeNull()
  expect(usageOf({ usage: 9e6, quota: 1e10, usageDetails: { fileSystem: 1e6, indexedDB: 8e6 } })).toEqual({
    usedBytes: 9e6,
    quotaBytes: 1e10,
  })
})

it('is not four gigabytes where Chromium has counted below nothing', () => {
  // As seen: 2³² − 523,720 bytes in files, beside 16 MB in all else.
  const seen = { quota: 15_047_975_202, usage: 4_310_556_962, usageDetails: { fileSystem: 4_294_443_576, indexedDB: 394_969 } }
  expect(usageOf(seen)).toEqual({ usedBytes: 16_113_386, quotaBytes: 10_753_531_626 })
  // And a little later, with files again.
  const later = { quota: 15_048_852_375, usage: 4_311_434_135, usageDetails: { fileSystem: 4_295_492_152 } }
  expect(usageOf(later)).toEqual({ usedBytes: 4_311_434_135 - 2 ** 32, quotaBytes: 15_048_852_375 - 2 ** 32 })
})
