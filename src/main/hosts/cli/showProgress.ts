import type { Progress } from '../../../shared/domain/run.ts'
import type { CommandContext } from './commandContext.ts'
import { findOpener, startOpener } from './openInBrowser.ts'

/** Progress for people and scripts. A sign-in with the browser of this computer is opened there too; the printed address is always enough. */
export function showProgress({ output, environment, isInteractive }: Pick<CommandContext, 'output' | 'environment' | 'isInteractive'>): (progress: Progress) => void {
  return (progress) => {
    output.progress(progress)
    const { signIn } = progress
    // A code is for any browser, which may be somewhere else.
    if (signIn === undefined || signIn.code !== null || !isInteractive || output.isJson) return
    const opener = findOpener(signIn.address, process.platform, environment)
    if (opener !== null) startOpener(opener, environment, (reason) => output.line(`No browser opened by itself (${reason}): open the address above.`))
  }
}
