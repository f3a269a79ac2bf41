import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConfigurationFault } from '../../../../shared/api/rulesEditing.ts'
import type { SettingsShown } from '../../../../shared/api/windowCalls.ts'
import { thresholdKinds } from '../../../../shared/domain/plan.ts'
import { texts } from '../../texts.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { editSetting, pointerOf, readNumber, useSettingsDraft } from './settingsDraft.ts'
import { SettingsCard } from './SettingsCard.tsx'

const words = texts.settings.thresholds

const useStyles = makeStyles({
  groups: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))', gap: tokens.spacingHorizontalL },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: tokens.spacingHorizontalM, alignItems: 'start', alignContent: 'start' },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold, marginBottom: tokens.spacingVerticalXS },
})

type ThresholdsProps = { readonly thresholds: SettingsShown['thresholds']; readonly faults: readonly ConfigurationFault[] }

/** How much a plan may do before an approver has to lift a limit. */
export function Thresholds({ thresholds, faults }: ThresholdsProps): ReactNode {
  const styles = useStyles()
  const edits = useSettingsDraft((state) => state.edits)
  const field = (kind: keyof typeof thresholds, name: 'count' | 'percent', inForce: number | null): ReactNode => {
    const path = ['thresholds', kind, name]
    const edited = edits[pointerOf(path)]
    const value = edited === undefined ? inForce : edited
    return <NumberSetting label={words[name]} unit={name === 'count' ? words.changes : '%'} value={typeof value === 'object' || typeof value === 'boolean' ? null : value} fault={faults.find((fault) => fault.path === pointerOf(path))} onChange={(typed) => editSetting(path, readNumber(typed), inForce)} />
  }
  const group = (title: string, fields: ReactNode): ReactNode => <fieldset key={title} className={styles.group}><legend className={styles.legend}>{title}</legend>{fields}</fieldset>
  return (
    <SettingsCard title={words.title} about={words.about}>
      <div className={styles.groups}>
        {thresholdKinds.map((kind) => group(texts.changes.groups[kind], <>{field(kind, 'count', thresholds[kind].count)}{field(kind, 'percent', thresholds[kind].percent)}</>))}
        {group(words.delegation, field('delegation', 'count', thresholds.delegation.count))}
      </div>
    </SettingsCard>
  )
}
