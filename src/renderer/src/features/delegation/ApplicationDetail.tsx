import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ApplicationFacts, SpnOwner } from '../../../../shared/domain/delegation.ts'
import type { Sid } from '../../../../shared/domain/ids.ts'
import { spnKey } from '../../../../shared/domain/spn.ts'
import { useRoute } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { Facts } from '../../ui/Facts.tsx'
import { asHex } from './changeValues.ts'
import { DetailFrame, DetailPart } from './DetailFrame.tsx'
import { FindingList } from './FindingList.tsx'
import { MakeWork } from './MakeWork.tsx'
import { openPlan } from './wishes.ts'

const useStyles = makeStyles({
  text: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  table: { width: '100%', borderCollapse: 'collapse' },
  cell: { textAlign: 'start', verticalAlign: 'top', padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  heading: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
})

/** An application: its SPN and who owns it, whom that account trusts, identity and DNS, and the plan that makes it work. */
export function ApplicationDetail({ report, application }: { readonly report: DelegationReport; readonly application: ApplicationFacts }): ReactNode {
  const { application: words, finding } = delegationTexts
  const owners = report.facts.services[spnKey(application.spn)]
  const own = owners?.kind === 'read' ? owners.value : []
  const findings = report.findings.filter(({ about }) => about.application === application.id && about.connector === null && about.guest === null)
  return (
    <DetailFrame title={words.title(application.name)} beside={<MakeWork application={application} />}>
      <Facts facts={[...factsOf(application), [words.owner, owners === undefined || owners.kind === 'notRead' ? words.ownerNotRead(owners?.why ?? '') : own.length === 0 ? words.nobody : own.map(describeOwner).join('; ')]]} />
      <DetailPart title={words.trust}>{own.length === 0 ? <Text>{words.noOwner}</Text> : own.map((owner) => <Trust key={owner.account.anchor} owner={owner} report={report} />)}</DetailPart>
      <DetailPart title={finding.title}><FindingList findings={findings} /></DetailPart>
    </DetailFrame>
  )
}

function Trust({ owner: { account }, report }: { readonly owner: SpnOwner; readonly report: DelegationReport }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.application
  if (account.trust.kind === 'notRead') return <Text>{words.ownerNotRead(account.trust.why)}</Text>
  if (account.trust.value === null) return <Text>{words.noTrust}</Text>
  const { content } = account.trust.value
  if (content.kind === 'malformed') return <Text>{words.malformed(content.why)}</Text>
  return (
    <table className={styles.table} aria-label={words.trust}>
      <thead><tr>{words.trustColumns.map((column) => <th key={column} scope="col" className={`${styles.cell} ${styles.heading}`}>{column}</th>)}</tr></thead>
      <tbody>{content.entries.map(({ kind, sid, mask }, at) => (
        <tr key={at}>
          <td className={styles.cell}>{words.entries[kind]}</td>
          <td className={styles.cell}>{nameOf(sid, report)} <span className={styles.code}>{sid}</span></td>
          <td className={`${styles.cell} ${styles.code}`}>{asHex(mask)}</td>
          <td className={styles.cell}>{kind === 'allow' && sid !== null && <EndTrust service={account.anchor} sid={sid} name={nameOf(sid, report)} />}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}

/** What somebody else trusted is for a person to judge: any entry that allows can be planned away. */
function EndTrust({ service, sid, name }: { readonly service: string; readonly sid: Sid; readonly name: string }): ReactNode {
  const parameters = useRoute((state) => state.route.parameters)
  const words = delegationTexts.application
  return <Button size="small" aria-label={words.endTrustOf(name === '' ? sid : name)} onClick={() => openPlan(parameters, [{ kind: 'endTrust', service, connectors: [sid] }])}>{words.endTrust}</Button>
}

function Text({ children }: { readonly children: string }): ReactNode {
  const styles = useStyles()
  return <p className={styles.text}>{children}</p>
}

function factsOf(application: ApplicationFacts): readonly (readonly [string, string | null])[] {
  const words = delegationTexts.application
  const { host, assignedTo } = application
  const dns = host.kind === 'notRead' ? words.ownerNotRead(host.why) : host.value.kind === 'unknown' ? words.unknown : words[host.value.kind](host.value.target)
  const assigned = assignedTo.kind === 'notRead' ? words.ownerNotRead(assignedTo.why) : assignedTo.value === null ? words.everybody : words.assignedCount(assignedTo.value.length)
  return [
    [words.spn, application.spn], [words.mapping, application.mapping === null ? words.mappingUnknown : delegationTexts.mappings[application.mapping]], [words.group, application.group], [words.url, application.internalUrl],
    [words.dns, dns], [words.mode, application.singleSignOnMode], [words.preAuthentication, application.preAuthentication], [words.assigned, assigned], [words.source, words.sources[application.source]],
  ]
}

function describeOwner({ by, account }: SpnOwner): string {
  const words = delegationTexts.application
  return `${account.dn} (${words.ownerBy[by]}${(account.userAccountControl & 0x2) === 0 ? '' : `, ${words.disabled}`})`
}

function nameOf(sid: string | null, { facts }: DelegationReport): string {
  const reading = sid === null ? undefined : facts.names[sid]
  if (reading === undefined || reading.kind === 'notRead') return ''
  return reading.value?.name ?? delegationTexts.application.gone
}
