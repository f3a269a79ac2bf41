import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { AuditRow } from '../../../../shared/api/windowCalls.ts'
import { refine, useRoute, type Route } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { countFacet } from '../../ui/countFacet.ts'
import { DataList } from '../../ui/DataList.tsx'
import { openByKey, openDetail } from '../../ui/openDetail.ts'
import { Facets } from '../../ui/Facets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { AuditEntry } from './AuditEntry.tsx'
import { AuditListRow } from './AuditListRow.tsx'
import { ChainState } from './ChainState.tsx'
import { ExportTrailButton } from './ExportTrailButton.tsx'
import { PlanFilter } from './PlanFilter.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%', paddingTop: tokens.spacingVerticalS },
  skeleton: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalM },
})

/** As many as the service gives at once, the newest first; the export holds them all. */
const shownEntries = 1000
const facetNames = ['action', 'actor'] as const

/** Who approved what, when, with which plan, and whether the trail is as it was written. */
export function Audit(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const answer = useAnswer('audit.list', { limit: shownEntries })
  const { entries, verification } = answer.status === 'ready' || answer.status === 'refreshing' ? answer.value : { entries: [], verification: null }
  const chosen = chosenFacets(parameters)
  const plan = parameters['plan'] ?? null
  const shown = entries.filter((entry) => facetNames.every((name) => chosen[name]?.includes(entry[name]) ?? true) && (plan === null || entry.planHash === plan))
  const index = shown.findIndex((entry) => entry.line === Number(parameters['selected'] ?? 0))
  const entry = shown[index]
  const isFiltered = plan !== null || Object.keys(chosen).length > 0
  return (
    <>
      <ScreenHeader title={texts.screens.audit} about={texts.audit.about}><ExportTrailButton isDisabled={entries.length === 0} /></ScreenHeader>
      <div className={styles.body}>
        {answer.status === 'failed' && <ProblemMessage problem={answer.problem} />}
        {verification !== null && entries.length > 0 && <ChainState verification={verification} shown={entries.length} newestLine={entries[0]?.line ?? 0} />}
        {plan !== null && <PlanFilter plan={plan} />}
        <SplitView id="audit" isDetailOpen={entry !== undefined && parameters['detail'] !== 'list'} onBack={() => refine({ detail: 'list' })}
          list={(
            <div className={styles.list}>
              <Facets names={facetNames} facets={{ action: countFacet(entries, (row) => row.action), actor: countFacet(entries, (row) => row.actor) }} chosen={chosen} onChoose={(name, values) => refine({ [name]: values.join('\n') })} />
              {answer.status === 'loading' ? <Skeleton className={styles.skeleton} aria-label={texts.list.loading}><SkeletonItem size={40} /><SkeletonItem size={40} /></Skeleton> : (
                <DataList<AuditRow> label={texts.screens.audit} total={shown.length} rowHeight={52} rowAt={(at) => shown[at]} onVisible={ignoreVisible} selected={index < 0 ? null : index} onSelect={(at) => refine({ selected: String(shown[at]?.line ?? ''), detail: 'list' })} onClick={openDetail} onKey={openByKey}
                  renderRow={(row) => <AuditListRow row={row} />} empty={isFiltered ? texts.audit.noMatch : texts.audit.empty} />
              )}
            </div>
          )}
          detail={entry === undefined ? null : <AuditEntry key={entry.line} entry={entry} />} />
      </div>
    </>
  )
}

/** All rows are here already. */
function ignoreVisible(): void {}

function chosenFacets(parameters: Route['parameters']): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] }))
}
