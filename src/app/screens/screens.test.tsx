import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import type { AppServices } from '../appContext'
import { chooseLayout } from '../layout'
import { type Address, createNavigation, type Navigation } from './navigation'
import { ScreenHost } from './ScreenHost'
import { defineScreen } from './screen'

/** An address bar with a way back. */
function addressBar(start = '') {
  const routes = [start]
  let listener = (): void => undefined
  const address: Address = {
    read: () => routes.at(-1) ?? '',
    write: (route) => void routes.push(route),
    onChange: (changed) => {
      listener = changed
    },
  }
  const goBack = (): void => {
    routes.pop()
    listener()
  }
  return { address, routes, goBack }
}

const services = {} as AppServices
const layout = chooseLayout(1440, 900)
const took = vi.fn(async (_files: readonly File[], _state: unknown) => undefined)
const ground = defineScreen({
  id: 'page',
  route: '',
  isGround: true,
  create: () => null,
  Component: () => <main>page</main>,
  onFiles: took,
})

/** A room that somebody adds: this declaration, and its place in the list. */
const lab = defineScreen({
  id: 'lab',
  route: 'lab',
  entry: { icon: 'heat', label: () => 'Lab' },
  create: () => ({ visits: 0 }),
  Component: ({ state }) => {
    state.visits++
    return <section>{`lab ${state.visits}`}</section>
  },
  onFiles: took,
})

const show = (navigation: Navigation<AppServices>) =>
  renderToStaticMarkup(<ScreenHost navigation={navigation} services={services} layout={layout} />)

describe('a screen in the list', () => {
  it('is reached from the top bar, stands in the address, and is left by the way back', () => {
    const { address, routes, goBack } = addressBar()
    const navigation = createNavigation([ground, lab], address)
    const current = () => navigation.store.getState().current
    expect(current()).toBe('page')
    navigation.go('lab')
    expect([current(), ...routes]).toEqual(['lab', '', 'lab'])
    goBack()
    expect(current()).toBe('page')
    navigation.go('lab')
    navigation.close()
    expect([current(), routes.at(-1)]).toEqual(['page', ''])
  })

  it('is shown over the page; an unknown address shows the page alone', () => {
    expect(show(createNavigation([ground, lab], addressBar('lab').address))).toBe('<main>page</main><section>lab 1</section>')
    expect(show(createNavigation([ground, lab], addressBar('nowhere').address))).toBe('<main>page</main>')
  })

  it('keeps its state while the page lives', () => {
    const navigation = createNavigation([ground, lab], addressBar('lab').address)
    expect([show(navigation), show(navigation)]).toEqual([expect.stringContaining('lab 1'), expect.stringContaining('lab 2')])
  })

  it('gets the files that are dropped while it is shown', async () => {
    const navigation = createNavigation([ground, lab], addressBar('lab').address)
    await navigation.takeFiles([new File([], 'a.png')], services)
    expect(took.mock.lastCall?.[1]).toEqual({ visits: 0 })
  })

  it('may not take another one’s place', () => {
    expect(() => createNavigation([ground, lab, lab], addressBar().address)).toThrow('same id')
    expect(() => createNavigation([lab], addressBar().address)).toThrow('ground')
  })
})

it('the studio’s own list is in order', async () => {
  // The drawing surface asks for the pixel density when its module is loaded.
  vi.stubGlobal('window', { devicePixelRatio: 1 })
  const { SCREENS } = await import('.')
  expect(() => createNavigation(SCREENS, addressBar().address)).not.toThrow()
  vi.unstubAllGlobals()
})
