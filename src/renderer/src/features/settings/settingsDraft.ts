import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'

/** A value as JSON has it; null takes the key out. A number that is none stays the text that was typed: the schema then says what is wrong. */
export type SettingValue = string | number | boolean | null | { readonly [key: string]: string | number }
export type SettingPath = readonly string[]

type Draft = { readonly edits: Readonly<Record<string, SettingValue>> }

/** What was changed and not saved yet, by JSON pointer. Survives a reload of the window. */
export const useSettingsDraft = create<Draft>()(persist((): Draft => ({ edits: {} }), { name: 'guestbridge.settings.draft', storage: createJSONStorage(() => sessionStorage) }))

/** A value that is what is in force is no change. */
export function editSetting(path: SettingPath, value: SettingValue, inForce: SettingValue): void {
  const pointer = pointerOf(path)
  useSettingsDraft.setState(({ edits }) => {
    const { [pointer]: _, ...others } = edits
    return { edits: JSON.stringify(value) === JSON.stringify(inForce) ? others : { ...others, [pointer]: value } }
  })
}

/** No part of these paths has a slash or a tilde. */
export function pointerOf(path: SettingPath): string {
  return `/${path.join('/')}`
}

export function listEdits(edits: Draft['edits']): readonly { readonly path: SettingPath; readonly value: SettingValue }[] {
  return Object.entries(edits).map(([pointer, value]) => ({ path: pointer.slice(1).split('/'), value }))
}

/** Empty: no value. What is no number stays as it was typed. */
export function readNumber(typed: string): number | string | null {
  if (typed.trim() === '') return null
  const value = Number(typed)
  return Number.isFinite(value) ? value : typed
}
