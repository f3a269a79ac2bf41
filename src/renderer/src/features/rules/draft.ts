import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** What somebody is writing; null: nothing was touched, the rules in force are shown. Survives a reload of the window. */
type Draft = { readonly text: string | null; /** The guest on whom the rules are tried. */ readonly guest: string | null }

export const useDraft = create<Draft>()(persist((): Draft => ({ text: null, guest: null }), { name: 'guestbridge.rules.draft', storage: createJSONStorage(() => sessionStorage) }))

/** A text that says what is in force is no draft. */
export function writeDraft(text: string, inForce: string): void {
  useDraft.setState({ text: text === inForce ? null : text })
}
