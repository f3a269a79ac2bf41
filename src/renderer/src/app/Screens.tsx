import { useEffect, type ReactNode } from 'react'
import { Audit } from '../features/audit/Audit.tsx'
import { Changes } from '../features/changes/Changes.tsx'
import { Connect } from '../features/connect/Connect.tsx'
import { Delegation } from '../features/delegation/Delegation.tsx'
import { Guests } from '../features/guests/Guests.tsx'
import { Invite } from '../features/invite/Invite.tsx'
import { Metaverse } from '../features/metaverse/Metaverse.tsx'
import { Overview } from '../features/overview/Overview.tsx'
import { Preview } from '../features/preview/Preview.tsx'
import { Readiness } from '../features/readiness/Readiness.tsx'
import { Rules } from '../features/rules/Rules.tsx'
import { Runs } from '../features/runs/Runs.tsx'
import { Settings } from '../features/settings/Settings.tsx'
import { texts } from '../texts.ts'
import { useRoute } from './route.ts'

/** The screen that the address names. A change of screen is told to screen readers by the title and the focus. */
export function Screens(): ReactNode {
  const screen = useRoute((state) => state.route.screen)
  const isInviting = useRoute((state) => state.route.parameters['invite'] !== undefined)
  const isConnecting = useRoute((state) => state.route.parameters['connect'] !== undefined)
  useEffect(() => {
    document.title = `${texts.screens[screen]} · ${texts.application}`
    document.getElementById('screen')?.focus({ preventScroll: true })
  }, [screen, isInviting, isConnecting])
  switch (screen) {
    case 'audit': return <Audit />
    case 'changes': return <Changes />
    case 'delegation': return <Delegation />
    case 'guests': return isInviting ? <Invite /> : <Guests />
    case 'metaverse': return <Metaverse />
    case 'preview': return <Preview />
    case 'readiness': return <Readiness />
    case 'rules': return <Rules />
    case 'runs': return <Runs />
    case 'settings': return isConnecting ? <Connect /> : <Settings />
    default: return <Overview />
  }
}
