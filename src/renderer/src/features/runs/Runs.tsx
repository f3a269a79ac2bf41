import { makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { refine, useRoute, type Route } from '../../app/route.ts'
import { useAnswer, useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { countFacet } from '../../ui/countFacet.ts'
import { DataList } from '../../ui/DataList.tsx'
import { openByKey, openDetail } from '../../ui/openDetail.ts'
import { Facets } from '../../ui/Facets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { CounterObjects } from './CounterObjects.tsx'
import { RunDetail } from './RunDetail.tsx'
import { RunRow } from './RunRow.tsx'
import { StartMenu } from './StartMenu.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%', paddingTop: tokens.spacingVerticalS },
  skeleton: { padding: tokens.spacingHorizontalM, display: 'grid', gap: tokens.spacingVerticalM },
})

/** As many as the service gives at once; older ones stay in the workspace and are found by their number. */
const shownRuns = 1000
const facetNames = ['step', 'status'] as const

/** What ran, what came of it, and the objects behind every number. */
export function Runs(): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const { parameters } = useRoute((state) => state.route)
  const answer = useAnswer('runs.list', { limit: shownRuns })
  const [problem, setProblem] = useState<Problem | null>(null)
  const runs = answer.status === 'ready' || answer.status === 'refreshing' ? answer.value : []
  const chosen = chosenFacets(parameters)
  const shown = runs.filter((run) => facetNames.every((name) => chosen[name]?.includes(run[name]) ?? true))
  const wanted = Number(parameters['run'] ?? 0)
  const index = shown.findIndex((run) => run.id === wanted)
  const start = async (profile: string, acceptSmallerSource: string | null): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'runs.start', { profile, acceptSmallerSource })
    if (!result.ok) setProblem(result.problem)
  }
  const isFiltered = Object.keys(chosen).length > 0
  return (
    <>
      <ScreenHeader title={texts.screens.runs} about={runs.length === 0 ? undefined : runs.length < shownRuns ? texts.runs.about(runs.length) : texts.runs.newest(runs.length)}>
        <StartMenu onStart={(profile) => void start(profile, null)} />
      </ScreenHeader>
      <div className={styles.body}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {answer.status === 'failed' && <ProblemMessage problem={answer.problem} />}
        <LiveRun />
        <SplitView id="runs" isDetailOpen={wanted > 0 && parameters['detail'] !== 'list'} onBack={() => refine({ detail: 'list', counter: null, object: null, undo: null })}
          list={(
            <div className={styles.list}>
              <Facets names={facetNames} facets={{ step: countFacet(runs, (run) => run.step), status: countFacet(runs, (run) => run.status) }} chosen={chosen} onChoose={(name, values) => refine({ [name]: values.join('\n') })} />
              {answer.status === 'loading' ? <Skeleton className={styles.skeleton} aria-label={texts.list.loading}><SkeletonItem size={40} /><SkeletonItem size={40} /><SkeletonItem size={40} /></Skeleton> : (
                <DataList<Run> label={texts.screens.runs} total={shown.length} rowHeight={56} rowAt={(at) => shown[at]} onVisible={ignoreVisible} selected={index < 0 ? null : index} onSelect={(at) => select(shown[at])} onClick={openDetail} onKey={openByKey}
                  renderRow={(run) => <RunRow run={run} />} empty={isFiltered ? texts.runs.noMatch : texts.runs.empty} />
              )}
            </div>
          )}
          detail={wanted > 0 ? <Detail run={wanted} counter={parameters['counter']} onRunAgain={(profile, note) => void start(profile, note)} /> : null} />
      </div>
    </>
  )
}

function Detail({ run, counter, onRunAgain }: { readonly run: number; readonly counter: string | undefined; readonly onRunAgain: (profile: string, note: string) => void }): ReactNode {
  return counter === undefined ? <RunDetail key={run} id={run} onRunAgain={onRunAgain} /> : <CounterObjects key={`${run}-${counter}`} run={run} counter={counter} />
}

/** The strip below shows the bar and stops it; here stands which run it is, because the list has it only when it ended. */
function LiveRun(): ReactNode {
  const live = useJobs((state) => state.jobs.find((job) => job.endedAt === null && job.progress !== null)?.progress ?? null)
  if (live === null || live.step === null) return null
  const what = [texts.runs.steps[live.step], live.phase].join(', ')
  return <MessageBar intent="info"><MessageBarBody>{texts.runs.live(live.run, what, texts.runs.liveCount(live.done, live.total))}</MessageBarBody></MessageBar>
}

function select(run: Run | undefined): void {
  if (run !== undefined) refine({ run: String(run.id), detail: 'list', counter: null, object: null, undo: null })
}

/** All rows are here already. */
function ignoreVisible(): void {}

function chosenFacets(parameters: Route['parameters']): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] }))
}
