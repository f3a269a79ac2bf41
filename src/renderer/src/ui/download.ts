/** Hands a text to the person as a file. The address lives as long as the click needs it. */
export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Chromium has taken the content over when the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
