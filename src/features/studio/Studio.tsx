/** The screen on which one draws: tools, page, face, and what shapes the face. */

import { Toolbar } from 'radix-ui'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { ComparisonPanel } from './comparison/ComparisonPanel'
import { EnlargedFace } from './face/EnlargedFace'
import { FaceActions, FaceBar } from './face/FaceBar'
import { FaceDetails } from './face/FaceDetails'
import { FaceStatus } from './face/FaceStatus'
import { FaceView } from './face/FaceView'
import { FailureBanner } from './face/FailureBanner'
import { Faithfulness } from './face/Faithfulness'
import { PanelBoundary } from './face/PanelBoundary'
import { ChangeFigures, ReachButtons } from './face/Reach'
import { useHasComparison } from './face/useHasComparison'
import { LookPanel } from './look/LookPanel'
import { useStudio } from './studioContext'
import { Surface } from './surface/Surface'
import { ToolOptions } from './tools/ToolOptions'
import { PageButtons, ToolRail, ZoomButtons } from './tools/ToolRail'
import { useInference } from './useInference'
import { useShortcuts } from './useShortcuts'
import { RandomFacesDialog } from './wholeFace/RandomFacesDialog'
import { WholeFacePanel } from './wholeFace/WholeFacePanel'

export interface StudioLayout {
  readonly arrangement: 'strip' | 'column' | 'stacked' | 'phone' | 'phoneWide' | 'scroll'
  readonly pagePx: number
  readonly facePx: number
  /** Too narrow for all options of a tool in one bar. */
  readonly isNarrow: boolean
}

export function Studio({ layout }: { layout: StudioLayout }) {
  const { ui } = useStudio()
  useShortcuts()
  const { arrangement } = layout
  const isPhone = arrangement === 'phone' || arrangement === 'phoneWide' || arrangement === 'scroll'
  const railIsRow = arrangement === 'phone' || arrangement === 'stacked' || arrangement === 'scroll'
  return (
    <main
      className="studio"
      data-arrangement={arrangement}
      style={{ '--page-side': `${layout.pagePx}px`, '--face-side': `${layout.facePx}px` } as object}
    >
      <PrintName />
      <ToolRail isRow={railIsRow} isPhone={isPhone} onOptions={() => toggleSheet(ui, 'options')} />
      {isPhone ? null : <ToolOptions narrow={layout.isNarrow} />}
      <Surface sizePx={layout.pagePx} />
      <PanelBoundary>
        <FaceSquare isPhone={isPhone} />
        {isPhone ? (
          <PhoneActions />
        ) : (
          <div className="beside">
            <FaceControls />
            <ChosenPanel />
          </div>
        )}
        <ComparisonPanel />
        <EnlargedFace />
        <RandomFacesDialog />
      </PanelBoundary>
      {isPhone ? <Sheets /> : null}
    </main>
  )
}

/** Over the squares on paper, where there is no top bar. */
function PrintName() {
  const m = useMessages()
  const { editor } = useStudio()
  const name = useStore(editor.documentStore, (state) => state.document.name)
  return (
    <p className="print-name" aria-hidden="true">
      {name || m.topBar.untitled}
    </p>
  )
}

function toggleSheet(ui: ReturnType<typeof useStudio>['ui'], sheet: 'options' | 'look' | 'details'): void {
  ui.setState((state) => ({ sheet: state.sheet === sheet ? null : sheet }))
}

function FaceSquare({ isPhone }: { isPhone: boolean }) {
  const m = useMessages()
  const { ui, faceLoop } = useStudio()
  const comparing = useStore(ui, (state) => state.comparing)
  const divide = useStore(ui, (state) => state.divide)
  const heat = useStore(ui, (state) => state.heat)
  const isEmpty = useStore(faceLoop.store, (state) => state.shown === null)
  return (
    <section className="face" aria-label={m.face.region} data-caption={m.face.generatedFace} data-empty={isEmpty ? '' : undefined}>
      <FaceView label={m.face.generatedFace} divide={comparing ? divide : 0} heat={heat} isMain />
      {isEmpty ? <FaceWaiting /> : null}
      {isPhone && !isEmpty ? <FaceNote heat={heat} /> : null}
      <FailureBanner />
    </section>
  )
}

function FaceWaiting() {
  const inference = useInference()
  // A failure has its own sentence.
  if (inference.status === 'failed') return null
  return (
    <div className="face-waiting">
      <FaceStatus />
      <progress max={1} value={inference.status === 'starting' ? inference.fraction : 1} aria-hidden="true" />
    </div>
  )
}

/** On a phone there is no room beside the face: back end and time lie over its corner, and the figures of the heat map with it. */
function FaceNote({ heat }: { heat: boolean }) {
  return (
    <div className="face-note">
      {heat ? <ChangeFigures /> : null}
      <FaceStatus />
    </div>
  )
}

function FaceControls() {
  return (
    <div className="face-controls">
      <FaceBar />
      <div className="reach">
        <ReachButtons />
        <ChangeFigures />
      </div>
      <Faithfulness />
    </div>
  )
}

/** The look and the whole face share a place. */
function ChosenPanel() {
  const panel = useStore(useStudio().ui, (state) => state.panel)
  return panel === 'look' ? <LookPanel /> : <WholeFacePanel />
}

/** Everything about the face within a thumb's reach. */
function PhoneActions() {
  const m = useMessages()
  const { ui } = useStudio()
  return (
    <div className="phone-actions">
      <ReachButtons compact />
      <IconButton icon="sliders" label={m.look.title} side="left" onClick={() => toggleSheet(ui, 'look')} />
      <FaceActions side="left" />
    </div>
  )
}

function Sheets() {
  const m = useMessages()
  const { ui, comparison } = useStudio()
  const hasComparison = useHasComparison()
  const sheet = useStore(ui, (state) => state.sheet)
  const panel = useStore(ui, (state) => state.panel)
  const close = (): void => ui.setState({ sheet: null })
  if (sheet === 'options') {
    return (
      <Dialog title={m.tools.options} closeLabel={m.face.close} kind="sheet" onClose={close}>
        <ToolOptions />
        <Toolbar.Root className="sheet-row" aria-label={m.page.region}>
          <PageButtons side="top" />
          <ZoomButtons side="top" />
        </Toolbar.Root>
      </Dialog>
    )
  }
  if (sheet === 'look' && panel === 'wholeFace') {
    return (
      <Dialog title={m.wholeFace.title} closeLabel={m.face.close} kind="sheet" onClose={close}>
        <WholeFacePanel />
      </Dialog>
    )
  }
  if (sheet === 'look') {
    return (
      <Dialog title={m.look.title} closeLabel={m.face.close} kind="sheet" onClose={close}>
        <ChangeFigures />
        <LookPanel />
        <Faithfulness />
        {hasComparison ? (
          <button
            type="button"
            className="button"
            onClick={() => {
              close()
              comparison.open()
            }}
          >
            {m.comparison.title}
          </button>
        ) : null}
        <FaceDetails />
      </Dialog>
    )
  }
  return null
}
