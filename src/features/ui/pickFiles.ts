/** The browser's own pickers of files and folders. */

type Take = (files: readonly File[]) => void

/** @param accept as the attribute of the same name has it */
export function pickFiles(accept: string, take: Take): void {
  const input = fileInput(take)
  input.accept = accept
  input.multiple = true
  input.click()
}

export function pickFile(accept: string, take: (file: File) => void): void {
  const input = fileInput(([file]) => file && take(file))
  input.accept = accept
  input.click()
}

/** Everything in a folder and the folders in it; each file knows its place. */
export function pickFolder(take: Take): void {
  const input = fileInput(take)
  input.multiple = true
  input.webkitdirectory = true
  input.click()
}

function fileInput(take: Take): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'file'
  input.addEventListener('change', () => take([...(input.files ?? [])]))
  return input
}
