import { Field, Input, makeStyles, Radio, RadioGroup, Switch, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ConfigurationFault } from '../../../../shared/api/rulesEditing.ts'
import type { SettingsShown } from '../../../../shared/api/windowCalls.ts'
import { texts } from '../../texts.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { editSetting, pointerOf, readNumber, useSettingsDraft, type SettingValue } from './settingsDraft.ts'
import { SettingsCard } from './SettingsCard.tsx'

const words = texts.settings.lifecycle
const actions = ['leave', 'disable', 'disableAndMove'] as const
const leaversPath = ['lifecycle', 'leavers']

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))', gap: tokens.spacingHorizontalL, alignItems: 'start' },
  mono: { fontFamily: tokens.fontFamilyMonospace },
})

type LifecycleProps = { readonly lifecycle: SettingsShown['lifecycle']; readonly faults: readonly ConfigurationFault[] }
type Leavers = { readonly action: string; readonly ou?: string | number; readonly deleteAfterDays?: string | number }

/** What happens to guests who come and to those who left. */
export function Lifecycle({ lifecycle, faults }: LifecycleProps): ReactNode {
  const styles = useStyles()
  const edits = useSettingsDraft((state) => state.edits)
  const faultAt = (path: readonly string[]): ConfigurationFault | undefined => faults.find((fault) => fault.path === pointerOf(path))
  const number = (name: 'smallerSourcePercent' | 'retentionDays', unit: string): ReactNode => {
    const path = ['lifecycle', name]
    const edited = edits[pointerOf(path)]
    const value = edited === undefined ? lifecycle[name] : edited
    return <NumberSetting label={words[name]} hint={words.hints[name]} unit={unit} value={typeof value === 'object' || typeof value === 'boolean' ? null : value} fault={faultAt(path)} onChange={(typed) => editSetting(path, readNumber(typed), lifecycle[name])} />
  }
  const pendingPath = ['lifecycle', 'createForPendingInvitations']
  const pending = edits[pointerOf(pendingPath)] ?? lifecycle.createForPendingInvitations
  return (
    <SettingsCard title={words.title} about={words.about}>
      <Leaving leavers={lifecycle.leavers} edited={edits[pointerOf(leaversPath)]} faultAt={faultAt} />
      <Switch label={words.createForPendingInvitations} checked={pending === true} onChange={(_event, data) => editSetting(pendingPath, data.checked, lifecycle.createForPendingInvitations)} />
      <div className={styles.fields}>{number('smallerSourcePercent', '%')}{number('retentionDays', words.days)}</div>
    </SettingsCard>
  )
}

type LeavingProps = { readonly leavers: SettingsShown['lifecycle']['leavers']; readonly edited: SettingValue | undefined; readonly faultAt: (path: readonly string[]) => ConfigurationFault | undefined }

function Leaving({ leavers, edited, faultAt }: LeavingProps): ReactNode {
  const styles = useStyles()
  const inForce = written(leavers)
  const value = isLeavers(edited) ? edited : inForce
  const edit = (change: { readonly [Name in keyof Leavers]?: string | number | null }): void => {
    const { action, ou, deleteAfterDays } = { ...value, ...change }
    // Each action has its own keys; what does not belong to it goes with the other action.
    editSetting(leaversPath, {
      action: String(action), ...(action === 'disableAndMove' ? { ou: ou ?? '' } : {}),
      ...(action === 'leave' || deleteAfterDays === undefined || deleteAfterDays === null ? {} : { deleteAfterDays }),
    }, inForce)
  }
  const ouFault = faultAt([...leaversPath, 'ou'])
  return (
    <>
      <Field label={words.leavers}>
        <RadioGroup value={value.action} onChange={(_event, data) => edit({ action: data.value })}>{actions.map((action) => <Radio key={action} value={action} label={words.actions[action]} />)}</RadioGroup>
      </Field>
      <div className={styles.fields}>
        {value.action === 'disableAndMove' && <Field label={words.ou} hint={words.ouHint} {...(ouFault === undefined ? {} : { validationState: 'error' as const, validationMessage: texts.settings.fault(ouFault.message, ouFault.allowed) })}><Input input={{ className: styles.mono }} value={String(value.ou ?? '')} onChange={(_event, data) => edit({ ou: data.value })} /></Field>}
        {value.action !== 'leave' && <NumberSetting label={words.deleteAfterDays} hint={words.hints.deleteAfterDays} unit={words.days} value={value.deleteAfterDays ?? null} fault={faultAt([...leaversPath, 'deleteAfterDays'])} onChange={(typed) => edit({ deleteAfterDays: readNumber(typed) })} />}
      </div>
    </>
  )
}

function written({ action, ou, deleteAfterDays }: LeavingProps['leavers']): Leavers & { readonly [key: string]: string | number } {
  return { action, ...(ou === null ? {} : { ou }), ...(deleteAfterDays === null ? {} : { deleteAfterDays }) }
}

function isLeavers(value: SettingValue | undefined): value is Leavers & { readonly [key: string]: string | number } {
  return typeof value === 'object' && value !== null && typeof value['action'] === 'string'
}
