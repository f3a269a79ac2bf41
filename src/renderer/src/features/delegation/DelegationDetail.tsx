import { useMemo, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import { refine, useRoute, type Route } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { ApplicationDetail } from './ApplicationDetail.tsx'
import { ConnectorDetail } from './ConnectorDetail.tsx'
import type { DelegationPlace } from './delegationPlace.ts'
import { DetailFrame } from './DetailFrame.tsx'
import { FindingList } from './FindingList.tsx'
import { focusSelectedPlace } from './DelegationMap.tsx'
import { GuestsOfApplication } from './GuestsOfApplication.tsx'
import { PairDetail } from './PairDetail.tsx'
import { PlanPage } from './PlanPage.tsx'
import type { PlanRequest } from './usePlan.ts'
import { readWishes } from './wishes.ts'

type DelegationDetailProps = { readonly report: DelegationReport; readonly place: DelegationPlace | null; readonly names: ReadonlyMap<string, string> }

/** Beside the map: the plan that somebody asked for, or what is selected. */
export function DelegationDetail({ report, place, names }: DelegationDetailProps): ReactNode {
  const { parameters } = useRoute((state) => state.route)
  const request = useMemo(() => requestOf(parameters), [parameters['wish'], parameters['planned'], parameters['undo']])
  if (request === null) return <PlaceDetail report={report} place={place} />
  const back = (): void => {
    refine({ planned: null, undo: null })
    focusSelectedPlace()
  }
  return <PlanPage key={JSON.stringify(request)} request={request} names={names} onBack={back} onExported={() => refine({ wish: null, planned: null, undo: null })} />
}

function PlaceDetail({ report, place }: { readonly report: DelegationReport; readonly place: DelegationPlace | null }): ReactNode {
  const { facts, cells, findings } = report
  const connector = place !== null && 'connector' in place ? facts.connectors.find(({ name }) => name === place.connector) : undefined
  const application = place !== null && 'application' in place ? facts.applications.find(({ id }) => id === place.application) : undefined
  if (place?.kind === 'pair') {
    const cell = cells.find((candidate) => candidate.connector === place.connector && candidate.application === place.application)
    if (cell !== undefined) return <PairDetail key={`${cell.connector} ${cell.application}`} report={report} cell={cell} />
  }
  if (place?.kind === 'connector' && connector !== undefined) return <ConnectorDetail key={connector.name} report={report} connector={connector} />
  if (place?.kind === 'guests' && application !== undefined) return <GuestsOfApplication key={application.id} report={report} application={application} />
  if (application !== undefined) return <ApplicationDetail key={application.id} report={report} application={application} />
  const general = findings.filter(({ about }) => about.connector === null && about.application === null && about.guest === null)
  return <DetailFrame title={delegationTexts.general}><p>{delegationTexts.map.choose}</p><FindingList findings={general} /></DetailFrame>
}

function requestOf(parameters: Route['parameters']): PlanRequest | null {
  const run = Number(parameters['undo'] ?? Number.NaN)
  if (Number.isInteger(run) && run > 0) return { kind: 'undo', run }
  const wishes = parameters['planned'] === 'yes' ? readWishes(parameters) : []
  return wishes.length === 0 ? null : { kind: 'wishes', wishes }
}
