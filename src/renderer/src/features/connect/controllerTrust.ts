import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { connectTexts } from '../../texts/connect.ts'
import { controllersInput, type ConnectDraft } from './connectDraft.ts'

/** What a look at a controller has shown: `untrusted` by this computer, until somebody vouches for what it presented. */
type ControllerTrust = { readonly looked: Readonly<Record<string, 'trusted' | 'untrusted'>> }

/** Public knowledge, kept for this tab as the answers are: a reload must not open the way on. */
const useControllerTrust = create<ControllerTrust>()(persist((): ControllerTrust => ({ looked: {} }), { name: 'guestbridge.controllers', storage: createJSONStorage(() => sessionStorage) }))

export function rememberLook(server: string, security: ConnectDraft['security'], verdict: 'trusted' | 'untrusted'): void {
  useControllerTrust.setState(({ looked }) => ({ looked: { ...looked, [keyOf(server, security)]: verdict } }))
}

/** What the step of the controllers still lacks where one of them is known not to be trusted; none: nothing stands in the way. */
export function useMissingTrust(draft: ConnectDraft): readonly string[] {
  const { looked } = useControllerTrust()
  const isUntrusted = controllersInput(draft).servers.some((server) => looked[keyOf(server, draft.security)] === 'untrusted')
  return isUntrusted && draft.directoryCaPem.trim() === '' ? [connectTexts.controllers.trustMissing] : []
}

function keyOf(server: string, security: ConnectDraft['security']): string {
  return `${security} ${server.toLowerCase()}`
}
