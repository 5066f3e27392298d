/**
 * Dialogs on the browser's own `<dialog>`: focus stays inside, the page behind is inert, Escape closes. No style is injected, as the
 * Content-Security-Policy asks.
 */

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './IconButton'
import { isComposing } from './keyPress'
import { PortalContext } from './portal'

interface DialogProps {
  title: string
  closeLabel: string
  onClose: () => void
  /** `screen` fills the window, `sheet` rises from the lower edge and leaves the page usable. */
  kind?: 'box' | 'screen' | 'sheet'
  className?: string
  /** Beside the title. */
  header?: ReactNode
  children: ReactNode
}

export function Dialog({ title, closeLabel, onClose, kind = 'box', className = '', header, children }: DialogProps) {
  const titleId = useId()
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [element, setElement] = useState<HTMLDialogElement | null>(null)
  const closeRef = useRef(onClose)
  closeRef.current = onClose

  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    const opener = document.activeElement
    if (kind === 'sheet') dialog.show()
    else dialog.showModal()
    // Not the first control: a search field would raise the keyboard of a phone.
    heading.current?.focus()
    setElement(dialog)
    return () => {
      dialog.close()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [kind])

  return (
    <dialog
      ref={ref}
      className={`dialog dialog-${kind} ${className}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== ref.current) return
        event.preventDefault()
        closeRef.current()
      }}
      onKeyDown={(event) => {
        if (kind === 'sheet' && event.key === 'Escape' && !isComposing(event.nativeEvent)) closeRef.current()
        event.stopPropagation()
      }}
      onPointerDown={(event) => {
        if (kind === 'box' && event.target === ref.current && isOnBackdrop(event.currentTarget, event)) closeRef.current()
      }}
    >
      <PortalContext value={element}>
        <header className="dialog-header">
          <h2 ref={heading} id={titleId} tabIndex={-1}>
            {title}
          </h2>
          {header}
          <IconButton icon="close" label={closeLabel} className="dialog-close" onClick={() => closeRef.current()} />
        </header>
        <div className="dialog-body">{children}</div>
      </PortalContext>
    </dialog>
  )
}

function isOnBackdrop(dialog: HTMLElement, at: { clientX: number; clientY: number }): boolean {
  const box = dialog.getBoundingClientRect()
  return at.clientX < box.left || at.clientX > box.right || at.clientY < box.top || at.clientY > box.bottom
}
