import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ConnectorFacts, PrincipalFacts, Reading } from '../../../../shared/domain/delegation.ts'
import { delegationModeOf } from '../../../../shared/domain/delegationMode.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { Facts } from '../../ui/Facts.tsx'
import { asHex, namesOfControl, namesOfEncryption } from './changeValues.ts'
import { ConnectorForm } from './ConnectorForm.tsx'
import { DetailFrame, DetailPart } from './DetailFrame.tsx'
import { FindingList } from './FindingList.tsx'
import { importantGroups } from './importantGroups.ts'

const useStyles = makeStyles({ text: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 } })

/** A connector: what its account is, its settings as a form, and what was found of it. */
export function ConnectorDetail({ report, connector }: { readonly report: DelegationReport; readonly connector: ConnectorFacts }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.connector
  const { accounts } = connector
  const [account, ...others] = accounts.kind === 'read' ? accounts.value : []
  const findings = report.findings.filter(({ about }) => about.connector === connector.name && about.application === null && about.guest === null)
  const served = report.facts.applications.filter(({ id }) => report.cells.some((cell) => cell.connector === connector.name && cell.application === id))
  return (
    <DetailFrame title={words.title(connector.name)}>
      {account !== undefined && others.length === 0 ? (
        <>
          <Facts facts={factsOf(connector, account, report, served.map(({ name }) => name))} />
          <DetailPart title={words.settings}><ConnectorForm key={account.anchor} connector={connector} account={account} offered={served.map(({ spn }) => spn)} /></DetailPart>
        </>
      ) : <p className={styles.text}>{accounts.kind === 'notRead' ? words.notRead(accounts.why) : accounts.value.length > 1 ? `${words.several(accounts.value.length)} ${words.noAccount}` : words.noAccount}</p>}
      <DetailPart title={delegationTexts.finding.title}><FindingList findings={findings} /></DetailPart>
    </DetailFrame>
  )
}

function factsOf({ group, status }: ConnectorFacts, account: PrincipalFacts, report: DelegationReport, served: readonly string[]): readonly (readonly [string, string | null])[] {
  const words = delegationTexts.connector
  const mode = delegationModeOf(account.userAccountControl, account.allowedToDelegateTo)
  const flags = namesOfControl(account.userAccountControl)
  return [
    [words.account, account.accountName], [words.dn, account.dn], [words.host, account.dnsHostName], [words.group, group], [words.status, status === null ? null : words.statuses[status]],
    [words.mode, delegationTexts.modes[mode]], [words.flags, `${asHex(account.userAccountControl)}${flags.length === 0 ? '' : ` ${flags.join(', ')}`}`],
    [words.encryption, account.encryptionTypes === null ? words.encryptionDefault : `${asHex(account.encryptionTypes)} ${namesOfEncryption(account.encryptionTypes).join(', ')}`],
    [words.memberships, membershipsOf(account.tokenGroups, report)], [words.system, account.operatingSystemVersion], [words.spns, account.servicePrincipalNames.length === 0 ? null : account.servicePrincipalNames.join(', ')],
    [words.serves, served.length === 0 ? null : served.join(', ')],
  ]
}

function membershipsOf(groups: Reading<readonly Sid[]>, { facts }: DelegationReport): string {
  const words = delegationTexts.connector
  if (groups.kind === 'notRead') return words.membershipsNotRead(groups.why)
  const own = importantGroups(groups.value, facts)
  return own.length === 0 ? words.noMemberships : own.join(', ')
}
