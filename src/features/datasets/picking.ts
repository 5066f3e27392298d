/** The browser's own pickers of files and folders. */

type Take = (files: readonly File[]) => void

const ACCEPTED = '.jpg,.jpeg,.png,.webp,.zip,image/jpeg,image/png,image/webp,application/zip'

export function pickFiles(take: Take): void {
  const input = fileInput(take)
  input.accept = ACCEPTED
  input.click()
}

/** Everything in a folder and the folders in it; each file knows its place. */
export function pickFolder(take: Take): void {
  const input = fileInput(take)
  input.webkitdirectory = true
  input.click()
}

function fileInput(take: Take): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.addEventListener('change', () => take([...(input.files ?? [])]))
  return input
}
