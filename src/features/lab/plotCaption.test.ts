import { expect, it } from 'vitest'
import { messagesOf } from '../ui/i18n/messages'
import { plotCaption } from './plotCaption'

const caption = (different: number, drawings: number, method: 'pca' | 'tsne' = 'pca') =>
  plotCaption(messagesOf('en'), { different, drawings, method, variance: method === 'pca' || different < 5 ? [0.5, 0.25] : null })

it('a plot says what there is, and plainly when it is little', () => {
  expect(caption(46, 200)).toBe('46 different vectors of 200 drawings. 75 % of the variance is shown.')
  expect(caption(46, 200, 'tsne')).toBe('46 different vectors of 200 drawings.')
  expect(caption(4, 9, 'tsne')).toContain('fewer than five')
  expect(caption(1, 26)).toContain('All 26 drawings have the same vector')
  expect(caption(1, 1)).toContain('One drawing alone')
})
