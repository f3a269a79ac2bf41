import { createDarkTheme, createLightTheme, teamsHighContrastTheme, type BrandVariants, type Theme } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

const brand: BrandVariants = {
  10: '#020305', 20: '#0b1826', 30: '#0d2842', 40: '#0f3558', 50: '#11436f', 60: '#125187', 70: '#1360a0', 80: '#0f6cbd', 90: '#2f7fcb', 100: '#4c92d8', 110: '#67a4e2', 120: '#82b6eb', 130: '#9dc8f2', 140: '#b8d9f7', 150: '#d3e9fb', 160: '#eef7fe',
}
// Fluent takes 100 for links and badges, which is 4.4:1 on a card (WCAG 1.4.3 wants 4.5:1).
const dark: Theme = { ...createDarkTheme(brand), colorBrandForeground1: brand[110], colorBrandForegroundLink: brand[110], colorBrandForegroundLinkHover: brand[120], colorBrandForeground2: brand[120] }
const themes = { light: createLightTheme(brand), dark, contrast: teamsHighContrastTheme } as const
export type ThemeName = keyof typeof themes

type Appearance = { readonly theme: ThemeName | 'system'; readonly density: 'comfortable' | 'compact' }
export const useAppearance = create<Appearance>()(persist((): Appearance => ({ theme: 'system', density: 'comfortable' }), { name: 'guestbridge.appearance' }))

/** What the person chose, or what the system shows. */
export function useTheme(): { readonly name: ThemeName; readonly theme: Theme } {
  const chosen = useAppearance((state) => state.theme)
  const isDark = useMedia('(prefers-color-scheme: dark)')
  const isForced = useMedia('(forced-colors: active)')
  const ofSystem: ThemeName = isForced ? 'contrast' : isDark ? 'dark' : 'light'
  const name = chosen === 'system' ? ofSystem : chosen
  return { name, theme: themes[name] }
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore((listener) => {
    const media = matchMedia(query)
    media.addEventListener('change', listener)
    return () => media.removeEventListener('change', listener)
  }, () => matchMedia(query).matches)
}
