import { expect, it } from 'vitest'
import { parseToolSettings } from './toolSettings'

it('takes what has the right type and leaves the rest to the defaults', () => {
  expect(parseToolSettings({ penWidthPx: 3, smoothing: '1', usesPressure: false, eraserMode: 'laser', penOnly: true, extra: 1 })).toEqual({
    penWidthPx: 3,
    usesPressure: false,
    penOnly: true,
  })
  expect(parseToolSettings(null)).toEqual({})
  expect(parseToolSettings('tools')).toEqual({})
})
