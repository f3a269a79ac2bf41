import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { DelegationCell } from '../../../../shared/domain/delegation.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { SignOnBadge } from '../../ui/findingState.tsx'
import { DetailFrame, DetailPart } from './DetailFrame.tsx'
import { FindingList } from './FindingList.tsx'
import { MakeWork } from './MakeWork.tsx'
import { Proof } from './Proof.tsx'

const useStyles = makeStyles({ way: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 } })

/** A connector with an application: what was found of both, what to do, and the proof. */
export function PairDetail({ report, cell }: { readonly report: DelegationReport; readonly cell: DelegationCell }): ReactNode {
  const styles = useStyles()
  const application = report.facts.applications.find(({ id }) => id === cell.application)
  const findings = cell.findings.flatMap((position) => report.findings[position] ?? [])
  return (
    <DetailFrame title={delegationTexts.pair(cell.connector, application?.name ?? cell.application)} beside={<><SignOnBadge state={cell.state} /><span className={styles.way}>{cell.way === null ? delegationTexts.noWay : delegationTexts.ways[cell.way]}</span></>}>
      <DetailPart title={delegationTexts.finding.title}>
        {application !== undefined && cell.state !== 'passed' && <div><MakeWork application={application} /></div>}
        <FindingList findings={findings} />
      </DetailPart>
      {application !== undefined && <Proof report={report} application={application} connector={cell.connector} />}
    </DetailFrame>
  )
}
