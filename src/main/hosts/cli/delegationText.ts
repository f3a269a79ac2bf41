import type { DelegationReport } from '../../../shared/api/delegationCalls.ts'
import { compareFindings } from '../../../shared/domain/compareFindings.ts'
import type { Finding, FindingState } from '../../../shared/domain/delegation.ts'
import type { Output, TextStyle } from './output.ts'
import { renderTable, singleLine } from './table.ts'

const marks: Readonly<Record<FindingState, { readonly word: string; readonly style: TextStyle }>> = {
  failed: { word: 'fails', style: 'red' }, warning: { word: 'warning', style: 'yellow' }, notChecked: { word: 'not checked', style: 'dim' }, passed: { word: 'passed', style: 'green' },
}

export function markOf(output: Output, state: FindingState): string {
  return output.style(marks[state].style, marks[state].word)
}

/** What findings are printed under: an application, a connector, a guest, or the domain. */
export type FindingSubject = { readonly kind: 'domain' | 'connector' | 'application' | 'guest'; readonly id: string; readonly title: string; readonly findings: readonly Finding[] }

/** Those with something to say, in the order domain, connectors, applications, guests; within each the worst first. */
export function listSubjects(report: DelegationReport): readonly FindingSubject[] {
  const subjects = new Map<string, FindingSubject>()
  for (const finding of report.findings) {
    if (finding.state === 'passed') continue
    const { kind, id } = subjectOf(finding)
    const key = `${kind} ${id}`
    const known = subjects.get(key)
    subjects.set(key, { kind, id, title: known?.title ?? titleOf(report, kind, id), findings: [...(known?.findings ?? []), finding] })
  }
  const sorted = [...subjects.values()].map((subject) => ({ ...subject, findings: [...subject.findings].sort(compareFindings) }))
  return sorted.sort((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind) || compareFirst(left, right))
}

const kinds: readonly FindingSubject['kind'][] = ['domain', 'connector', 'application', 'guest']

function compareFirst(left: FindingSubject, right: FindingSubject): number {
  const [first, second] = [left.findings[0], right.findings[0]]
  return first === undefined || second === undefined ? 0 : compareFindings(first, second)
}

function subjectOf({ about }: Finding): Pick<FindingSubject, 'kind' | 'id'> {
  if (about.guest !== null) return { kind: 'guest', id: about.guest }
  if (about.application !== null) return { kind: 'application', id: about.application }
  return about.connector === null ? { kind: 'domain', id: '' } : { kind: 'connector', id: about.connector }
}

function titleOf({ facts }: DelegationReport, kind: FindingSubject['kind'], id: string): string {
  switch (kind) {
    case 'domain': return `Domain ${facts.domains.map(({ dnsName }) => dnsName).join(', ')}`
    case 'connector': return `Connector ${id}`
    case 'application': {
      const application = facts.applications.find((candidate) => candidate.id === id)
      return application === undefined ? `Application ${id}` : `Application ${application.name}  ${application.spn}`
    }
    case 'guest': {
      const guest = facts.guests.find((candidate) => candidate.entraId === id)
      return guest === undefined ? `Guest ${id}` : `Guest ${guest.displayName ?? ''}  ${guest.userPrincipalName}`
    }
  }
}

export function linesOfSubject(output: Output, { title, findings }: FindingSubject): readonly string[] {
  // A sentence about an application may come once for each connector: said once, it is said.
  const lines = findings.flatMap(({ state, check, message, remedy }) => [
    `  ${markOf(output, state)}  ${singleLine(message)}  ${output.style('dim', `(check ${check})`)}`,
    ...(remedy === null || state === 'notChecked' ? [] : [`    → ${singleLine(remedy)}`]),
  ])
  return [output.style('bold', singleLine(title)), ...new Set(lines)]
}

/** Which identity each mapping would delegate for a guest, and to whom it leads. */
export function linesOfGuest({ readiness }: DelegationReport, guest: string): readonly string[] {
  const [own] = readiness.filter((row) => row.guest === guest)
  if (own === undefined) return []
  return renderTable(own.identities, [
    { title: 'mapping', value: ({ mapping }) => mapping },
    { title: 'delegates', value: ({ identity }) => identity ?? '' },
    { title: 'leads to', value: ({ resolvesTo, accounts }) => (accounts.length > 0 ? `${leads[resolvesTo]}: ${accounts.join('; ')}` : leads[resolvesTo]), maximum: 100 },
  ]).map((line) => `    ${line}`)
}

const leads: Readonly<Record<DelegationReport['readiness'][number]['identities'][number]['resolvesTo'], string>> = {
  theGuestsAccount: "the guest's account", anotherAccount: 'another account', several: 'several accounts', nobody: 'nobody', nothingToDelegate: 'nothing to delegate', notChecked: 'not checked',
}

/** The map: a row for each application, a column for each connector. */
export function linesOfMap(report: DelegationReport): readonly string[] {
  const { facts, cells, readiness } = report
  const columns = facts.connectors.map(({ name }) => ({
    title: name,
    value: ({ id }: { readonly id: string }) => {
      const cell = cells.find(({ connector, application }) => connector === name && application === id)
      return cell === undefined ? '–' : wordOfCell[cell.state]
    },
  }))
  return renderTable(facts.applications, [
    { title: 'application', value: ({ name }) => name },
    { title: 'service principal name', value: ({ spn }) => spn },
    ...columns,
    { title: 'guests who can sign on', align: 'right', value: ({ id }) => countReady(readiness.filter(({ application }) => application === id)) },
  ])
}

const wordOfCell: Readonly<Record<FindingState, string>> = { passed: 'works', warning: 'works, warning', failed: 'fails', notChecked: 'not checked' }

function countReady(rows: DelegationReport['readiness']): string {
  return `${rows.filter(({ state }) => state === 'passed' || state === 'warning').length} of ${rows.length}`
}
