import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { OverviewShown } from '../../../../shared/api/windowCalls.ts'
import { formatNumber, texts } from '../../texts.ts'
import { GuestStateBadge } from '../../ui/guestStates.tsx'
import { BarLink } from './BarLink.tsx'
import { guestStates, routeToGuests } from './guestGroups.ts'
import { Panel } from './Panel.tsx'

const useStyles = makeStyles({ list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS } })

/** Why guests have accounts or have none, each state leading to its guests. */
export function GuestStates({ shown }: { readonly shown: OverviewShown }): ReactNode {
  const styles = useStyles()
  const states = guestStates.filter((state) => (shown.guestsByState[state] ?? 0) > 0)
  return (
    <Panel title={texts.overview.states} about={texts.overview.statesAbout} width="column">
      <ul className={styles.list}>{states.map((state) => {
        const count = shown.guestsByState[state] ?? 0
        return <li key={state}><BarLink route={routeToGuests([state])} count={formatNumber(count)} share={count / Math.max(1, shown.guests)}><GuestStateBadge state={state} /></BarLink></li>
      })}</ul>
    </Panel>
  )
}
