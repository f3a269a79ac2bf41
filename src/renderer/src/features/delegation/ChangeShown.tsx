import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DelegationChange } from '../../../../shared/domain/delegationPlan.ts'
import { spnKey } from '../../../../shared/domain/spn.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { numbersOf, wordsOfValues } from './changeValues.ts'

const useStyles = makeStyles({
  account: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS, padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground2, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  name: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  change: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXXS },
  attribute: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  values: { listStyle: 'none', margin: 0, padding: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  value: { display: 'block', padding: `0 ${tokens.spacingHorizontalS}`, textDecorationLine: 'none' },
  added: { backgroundColor: tokens.colorPaletteGreenBackground2, color: tokens.colorPaletteGreenForeground2 },
  removed: { backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2, textDecorationLine: 'line-through' },
  reason: { margin: 0, overflowWrap: 'anywhere' },
  quiet: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

type AccountChangesProps = { readonly changes: readonly [DelegationChange, ...(readonly DelegationChange[])]; readonly names: ReadonlyMap<string, string> }

/** What changes on one account: each attribute with what comes and goes, why, and what to take care of. */
export function AccountChanges({ changes, names }: AccountChangesProps): ReactNode {
  const styles = useStyles()
  const [{ dn, accountName }] = changes
  return (
    <section className={styles.account} aria-label={delegationTexts.plan.differences(accountName)}>
      <p className={styles.name}><bdi>{dn}</bdi></p>
      {changes.map((change) => <OneChange key={change.attribute} change={change} names={names} />)}
    </section>
  )
}

function OneChange({ change, names }: { readonly change: DelegationChange; readonly names: ReadonlyMap<string, string> }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.plan
  const [before, after] = [wordsOfValues(change.attribute, change.before, names), wordsOfValues(change.attribute, change.after, names)]
  const numbers = numbersOf(change)
  return (
    <div className={styles.change}>
      <div className={styles.attribute}>{change.attribute}</div>
      {numbers.length > 0 && <div className={styles.attribute}>{numbers.join(' → ')}</div>}
      <ListDifference before={before} after={after} />
      <p className={styles.reason}><bdi>{change.reason}</bdi></p>
      {change.needsPrivilege && <p className={styles.quiet}>{words.privileged}</p>}
      {change.cautions.map((caution) => <p key={caution} className={styles.quiet}>{words.note} <bdi>{caution}</bdi></p>)}
    </div>
  )
}

function ListDifference({ before, after }: { readonly before: readonly string[]; readonly after: readonly string[] }): ReactNode {
  const styles = useStyles()
  const lacks = (list: readonly string[]) => (value: string): boolean => !list.some((other) => spnKey(other) === spnKey(value))
  const { signs } = delegationTexts.plan
  return (
    <ul className={styles.values}>
      {before.filter(lacks(after)).map((value) => <li key={value}><del className={mergeClasses(styles.value, styles.removed)} aria-label={`${signs.removed}: ${value}`}>− <bdi>{value}</bdi></del></li>)}
      {after.filter(lacks(before)).map((value) => <li key={value}><ins className={mergeClasses(styles.value, styles.added)} aria-label={`${signs.added}: ${value}`}>+ <bdi>{value}</bdi></ins></li>)}
    </ul>
  )
}
