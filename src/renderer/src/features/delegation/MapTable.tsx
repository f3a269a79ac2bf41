import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Fragment, useId, type FocusEvent, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ConnectorFacts, DelegationCell } from '../../../../shared/domain/delegation.ts'
import { delegationModeOf } from '../../../../shared/domain/delegationMode.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { SignOnBadge } from '../../ui/findingState.tsx'
import { GuestBar } from './GuestBar.tsx'
import type { MapGroup } from './mapGroups.ts'
import { proofsOfPair } from './proofsOfPair.ts'
import { isSamePlace, type DelegationPlace } from './delegationPlace.ts'

const useStyles = makeStyles({
  title: { margin: `${tokens.spacingVerticalM} 0 0`, fontSize: tokens.fontSizeBase300 },
  table: { borderCollapse: 'separate', borderSpacing: '3px', width: '100%' },
  place: { textAlign: 'start', verticalAlign: 'top', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`, borderRadius: tokens.borderRadiusMedium, cursor: 'pointer', border: `1px solid transparent`, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' } },
  heading: { fontWeight: tokens.fontWeightSemibold, verticalAlign: 'bottom', overflowWrap: 'break-word' },
  corner: { textAlign: 'start', verticalAlign: 'bottom', fontWeight: tokens.fontWeightRegular, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, padding: tokens.spacingHorizontalS },
  cell: { border: `1px solid ${tokens.colorNeutralStroke2}`, minWidth: '84px' },
  application: { minWidth: '148px' },
  guests: { minWidth: '108px' },
  selected: { backgroundColor: tokens.colorBrandBackground2, border: `1px solid ${tokens.colorBrandStroke1}`, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover }, '@media (forced-colors: active)': { border: '2px solid Highlight' } },
  small: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2 },
  spn: { fontFamily: tokens.fontFamilyMonospace },
  none: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, padding: tokens.spacingHorizontalS },
  share: { margin: `0 ${tokens.spacingHorizontalXS}`, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

type MapTableProps = {
  readonly group: MapGroup
  readonly report: DelegationReport
  readonly selected: DelegationPlace | null
  /** The one place that the Tab key reaches. */
  readonly entry: DelegationPlace | null
  readonly onSelect: (place: DelegationPlace) => void
  readonly onOpen: (place: DelegationPlace) => void
}

/** One connector group: a row for each application, a column for each connector that serves it, guests at the end. */
export function MapTable({ group, report, selected, entry, onSelect, onOpen }: MapTableProps): ReactNode {
  const styles = useStyles()
  const heading = useId()
  const { map } = delegationTexts
  const { name, connectors, rows } = group
  const stop = (place: DelegationPlace, ...more: readonly string[]) => ({
    'data-place': JSON.stringify(place), 'tabIndex': entry !== null && isSamePlace(entry, place) ? 0 : -1, 'aria-selected': isSamePlace(selected, place),
    'className': mergeClasses(styles.place, ...more, isSamePlace(selected, place) && styles.selected), 'onClick': () => onOpen(place),
    'onFocus': (event: FocusEvent) => { if (event.target === event.currentTarget && !isSamePlace(selected, place)) onSelect(place) },
  })
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={styles.title}>{map.group(name)}</h2>
      <table role="grid" className={styles.table} aria-label={map.grid(map.group(name))}>
        <thead><tr>
          <th scope="col" className={styles.corner}>{map.application}</th>
          {connectors.map((connector) => <th key={connector.name} scope="col" {...stop({ kind: 'connector', connector: connector.name }, styles.heading)}>{connector.name}<span className={styles.small}>{aboutConnector(connector)}</span></th>)}
          <th scope="col" className={styles.corner}>{map.guests}<span className={styles.small}>{map.guestsAbout}</span></th>
        </tr></thead>
        <tbody>{rows.map(({ application, cells, guests }) => (
          <tr key={application.id}>
            <th scope="row" {...stop({ kind: 'application', application: application.id }, styles.heading, styles.application)}><bdi>{application.name}</bdi><bdi className={mergeClasses(styles.small, styles.spn)}>{breakable(application.spn)}</bdi></th>
            {cells.map((cell, at) => (cell === null
              ? <td key={connectors[at]?.name} className={styles.none}>{map.notServed}</td>
              : <td key={cell.connector} {...stop({ kind: 'pair', connector: cell.connector, application: cell.application }, styles.cell)}><SignOnBadge state={cell.state} /><span className={styles.small}>{aboutCell(cell, report)}</span></td>))}
            <td {...stop({ kind: 'guests', application: application.id }, styles.cell, styles.guests)}><GuestBar counts={guests} /></td>
          </tr>
        ))}</tbody>
      </table>
      {sharesOf(rows).map(([key, { failing, served, names }]) => <p key={key} className={styles.share}>{map.share(failing, served, names)}</p>)}
    </section>
  )
}

/** A long SPN breaks behind its class and its dots rather than within a word. */
function breakable(spn: string): ReactNode {
  return spn.split(/(?<=[/.])/).map((part, at) => <Fragment key={at}>{at > 0 && <wbr />}{part}</Fragment>)
}

type Share = { readonly failing: number; readonly served: number; readonly names: readonly string[] }

/** Applications that some of their connectors cannot sign in to, those with the same share together. */
function sharesOf(rows: MapGroup['rows']): readonly (readonly [string, Share])[] {
  const shares = new Map<string, Share>()
  for (const { application, cells } of rows) {
    const served = cells.filter((cell) => cell !== null)
    const failing = served.filter(({ state }) => state === 'failed').length
    if (failing === 0 || failing === served.length) continue
    const key = `${failing} ${served.length}`
    shares.set(key, { failing, served: served.length, names: [...(shares.get(key)?.names ?? []), application.name] })
  }
  return [...shares]
}

function aboutConnector({ accounts }: ConnectorFacts): string {
  const [account, ...others] = accounts.kind === 'read' ? accounts.value : []
  if (account === undefined || others.length > 0) return delegationTexts.map.connector(null, 0)
  return delegationTexts.map.connector(delegationModeOf(account.userAccountControl, account.allowedToDelegateTo), account.allowedToDelegateTo.length)
}

/** What stands in the way is counted; where nothing does, a ticket that was seen says most, then the way, then what was looked at. */
function aboutCell({ findings, way, connector, application, state }: DelegationCell, report: DelegationReport): string {
  const open = findings.filter((position) => report.findings[position]?.state !== 'passed').length
  const [latest] = state === 'failed' ? [] : proofsOfPair(report.facts.proofs, connector, application).filter((proof) => proof.connector !== null)
  if (latest?.result.kind === 'ticket') return delegationTexts.map.proved(latest.at)
  if (open > 0) return delegationTexts.map.findings(open)
  return way === null ? delegationTexts.map.checks(findings.length) : delegationTexts.ways[way]
}
