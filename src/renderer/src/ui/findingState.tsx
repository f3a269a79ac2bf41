import { Badge, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, ErrorCircleRegular, QuestionCircleRegular, WarningRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { FindingState } from '../../../shared/domain/delegation.ts'
import { delegationTexts } from '../texts/delegation.ts'

const icons: Readonly<Record<FindingState, ReactElement>> = { passed: <CheckmarkCircleRegular />, warning: <WarningRegular />, failed: <ErrorCircleRegular />, notChecked: <QuestionCircleRegular /> }

const useStyles = makeStyles({
  badge: { justifyContent: 'flex-start', whiteSpace: 'nowrap', flexShrink: 0 },
  passed: { backgroundColor: tokens.colorPaletteGreenBackground1, color: tokens.colorPaletteGreenForeground1 },
  warning: { backgroundColor: tokens.colorPaletteMarigoldBackground2, color: tokens.colorPaletteMarigoldForeground2 },
  failed: { backgroundColor: tokens.colorPaletteRedBackground1, color: tokens.colorPaletteRedForeground1 },
  notChecked: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
})

/** Whether sign-on works, as far as was checked: colour, icon and word together. */
export function SignOnBadge({ state }: { readonly state: FindingState }): ReactNode {
  return <StateBadge state={state} word={delegationTexts.states[state]} />
}

/** How one check ended: colour, icon and word together. */
export function FindingBadge({ state }: { readonly state: FindingState }): ReactNode {
  return <StateBadge state={state} word={delegationTexts.findings[state]} />
}

function StateBadge({ state, word }: { readonly state: FindingState; readonly word: string }): ReactNode {
  const styles = useStyles()
  return <Badge appearance="tint" shape="rounded" icon={icons[state]} className={mergeClasses(styles.badge, styles[state])}>{word}</Badge>
}
