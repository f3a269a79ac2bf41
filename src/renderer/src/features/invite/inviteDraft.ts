import { create } from 'zustand'
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware'
import type { Invitation } from '../../../../shared/domain/invitation.ts'
import { inviteTexts } from '../../texts/invite.ts'

export type ChosenList = { readonly name: string; readonly text: string }

/** What was typed or chosen and not sent yet. Kept for this tab, so that a reload loses nothing; nothing of it is secret. */
type InviteDraft = { readonly invitation: Invitation; readonly list: ChosenList | null; /** Where lines of the list lead to that do not say it. */ readonly listRedirectUrl: string }

const nothingTyped: Invitation = { mail: '', displayName: null, redirectUrl: inviteTexts.redirect, message: null, language: null, cc: null }

/** A list may be larger than what a tab may keep (five million characters): it is then there until the next reload, as without any storage. */
const tabStorage: StateStorage = {
  getItem: (name) => sessionStorage.getItem(name),
  setItem: (name, value) => {
    try {
      sessionStorage.setItem(name, value)
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error
      sessionStorage.removeItem(name)
    }
  },
  removeItem: (name) => sessionStorage.removeItem(name),
}

export const useInviteDraft = create<InviteDraft>()(persist((): InviteDraft => ({ invitation: nothingTyped, list: null, listRedirectUrl: inviteTexts.redirect }), { name: 'guestbridge.invite', storage: createJSONStorage(() => tabStorage) }))

export function changeInvitation(invitation: Invitation): void {
  useInviteDraft.setState({ invitation })
}

/** Whoever comes back for another guest begins anew. */
export function forgetInvitation(): void {
  useInviteDraft.setState({ invitation: nothingTyped })
}

export function chooseList(list: ChosenList): void {
  useInviteDraft.setState({ list })
}

/** It was sent: what came of it is an answer of the service, which a reload joins again. */
export function forgetList(): void {
  useInviteDraft.setState({ list: null })
}

export function changeListRedirect(listRedirectUrl: string): void {
  useInviteDraft.setState({ listRedirectUrl })
}
