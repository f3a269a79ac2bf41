import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ApplicationFacts, FindingState, GuestReadiness } from '../../../../shared/domain/delegation.ts'
import { writeRoute } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { DataList } from '../../ui/DataList.tsx'
import { SignOnBadge } from '../../ui/findingState.tsx'
import { DetailFrame, DetailPart } from './DetailFrame.tsx'
import { FindingList } from './FindingList.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%', minWidth: 0 },
  who: { minWidth: 0, flexGrow: 1 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  upn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
})

const rowHeight = 48
const shownRows = 7
const fromWorst: readonly FindingState[] = ['failed', 'warning', 'notChecked', 'passed']

/** Who could sign on to one application, the worst first, and why not. */
export function GuestsOfApplication({ report, application }: { readonly report: DelegationReport; readonly application: ApplicationFacts }): ReactNode {
  const styles = useStyles()
  const { guests: words } = delegationTexts
  const rows = report.readiness.filter((row) => row.application === application.id).sort((left, right) => fromWorst.indexOf(left.state) - fromWorst.indexOf(right.state))
  const [selected, setSelected] = useState<number | null>(rows.length > 0 ? 0 : null)
  const chosen = selected === null ? undefined : rows[selected]
  const findings = chosen === undefined ? [] : chosen.findings.flatMap((position) => report.findings[position] ?? [])
  return (
    <DetailFrame title={words.title(application.name)}>
      <div className={styles.list} style={{ height: Math.min(shownRows, Math.max(1, rows.length)) * rowHeight + 8 }}>
        <DataList<GuestReadiness> id="delegation-guests" label={words.list} total={rows.length} rowHeight={rowHeight} rowAt={(at) => rows[at]} onVisible={ignoreVisible} selected={selected} onSelect={setSelected} renderRow={(row) => <GuestRow row={row} report={report} />} empty={words.none} />
      </div>
      {chosen !== undefined && (
        <>
          <DetailPart title={words.ofGuest(nameOf(chosen, report))}>
            <div><Link href={writeRoute({ screen: 'guests', parameters: { selected: chosen.guest, detail: 'open' } })}>{words.openGuest}</Link></div>
            <FindingList key={chosen.guest} findings={findings.filter(({ about }) => about.guest !== null)} />
          </DetailPart>
          <DetailPart title={words.ofOthers}><FindingList findings={findings.filter(({ about }) => about.guest === null)} /></DetailPart>
        </>
      )}
    </DetailFrame>
  )
}

function GuestRow({ row, report }: { readonly row: GuestReadiness; readonly report: DelegationReport }): ReactNode {
  const styles = useStyles()
  const guest = report.facts.guests.find(({ entraId }) => entraId === row.guest)
  return (
    <div className={styles.row}>
      <div className={styles.who}><div className={styles.line}><bdi>{guest?.displayName ?? row.guest}</bdi></div><div className={`${styles.line} ${styles.upn}`}><bdi>{guest?.userPrincipalName ?? ''}</bdi></div></div>
      <SignOnBadge state={row.state} />
    </div>
  )
}

function nameOf({ guest }: GuestReadiness, { facts }: DelegationReport): string {
  return facts.guests.find(({ entraId }) => entraId === guest)?.displayName ?? guest
}

/** All rows are here already. */
function ignoreVisible(): void {}
