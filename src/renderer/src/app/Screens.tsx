import { useEffect, type ReactNode } from 'react'
import { Changes } from '../features/changes/Changes.tsx'
import { Guests } from '../features/guests/Guests.tsx'
import { Metaverse } from '../features/metaverse/Metaverse.tsx'
import { Overview } from '../features/overview/Overview.tsx'
import { Preview } from '../features/preview/Preview.tsx'
import { texts } from '../texts.ts'
import { useRoute } from './route.ts'

/** The screen that the address names. A change of screen is told to screen readers by the title and the focus. */
export function Screens(): ReactNode {
  const screen = useRoute((state) => state.route.screen)
  useEffect(() => {
    document.title = `${texts.screens[screen]} · ${texts.application}`
    document.getElementById('screen')?.focus({ preventScroll: true })
  }, [screen])
  switch (screen) {
    case 'changes': return <Changes />
    case 'guests': return <Guests />
    case 'metaverse': return <Metaverse />
    case 'preview': return <Preview />
    default: return <Overview />
  }
}
