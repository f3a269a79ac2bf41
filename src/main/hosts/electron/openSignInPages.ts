import { shell, type WebContents } from 'electron'

/**
 * A link to a sign-in that the service waits for opens in the person's own browser, where nothing of ours can see what is
 * typed. Every other wish for a window is denied as before, and this one opens none here either.
 */
export function openSignInPages(contents: WebContents, isSignInAddress: (address: string) => boolean, say: (message: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    // Without the query, which is that person's sign-in.
    if (isSignInAddress(url)) shell.openExternal(url).catch((error: unknown) => say(`The browser did not open for the sign-in at ${new URL(url).host}: ${String(error)}`))
    return { action: 'deny' }
  })
}
