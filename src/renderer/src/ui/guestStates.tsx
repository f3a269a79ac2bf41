import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AddCircleRegular, CheckmarkCircleRegular, ClockRegular, EditRegular, ErrorCircleRegular, MailRegular, ProhibitedRegular, SubtractCircleRegular, WarningRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { GuestState } from '../../../shared/domain/guestRow.ts'
import { texts } from '../texts.ts'

const icons: Readonly<Record<GuestState, ReactElement>> = {
  hasAccount: <CheckmarkCircleRegular />, willGetAccount: <AddCircleRegular />, willChange: <EditRegular />, outOfScope: <SubtractCircleRegular />, blocked: <ProhibitedRegular />,
  pendingInvitation: <MailRegular />, conflict: <WarningRegular />, problem: <ErrorCircleRegular />, notSynchronized: <ClockRegular />,
}

const useStyles = makeStyles({
  badge: { justifyContent: 'flex-start', whiteSpace: 'nowrap', flexShrink: 0 },
  hasAccount: { backgroundColor: tokens.colorNeutralBackground5, color: tokens.colorNeutralForeground1 },
  willGetAccount: { backgroundColor: tokens.colorPaletteGreenBackground1, color: tokens.colorPaletteGreenForeground1 },
  willChange: { backgroundColor: tokens.colorPaletteBlueBackground2, color: tokens.colorPaletteBlueForeground2 },
  outOfScope: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
  blocked: { backgroundColor: tokens.colorPaletteMarigoldBackground2, color: tokens.colorPaletteMarigoldForeground2 },
  pendingInvitation: { backgroundColor: tokens.colorPalettePurpleBackground2, color: tokens.colorPalettePurpleForeground2 },
  // What needs a person has an outline, so that it stands out without its colour.
  conflict: { backgroundColor: 'transparent', color: tokens.colorPaletteRedForeground1, border: `1px solid ${tokens.colorPaletteRedBorderActive}` },
  problem: { backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorPaletteRedForeground1 },
  notSynchronized: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
})

/** What became of a guest: colour, icon and word together. */
export function GuestStateBadge({ state }: { readonly state: GuestState }): ReactNode {
  const styles = useStyles()
  return <Badge appearance="tint" shape="rounded" icon={icons[state]} className={mergeClasses(styles.badge, styles[state])}>{texts.guests.states[state]}</Badge>
}
