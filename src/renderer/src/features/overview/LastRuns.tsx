import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ScheduleShown } from '../../../../shared/api/unattendedCalls.ts'
import type { OverviewShown } from '../../../../shared/api/windowCalls.ts'
import { writeRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { valueOf } from '../../app/valueOf.ts'
import { texts } from '../../texts.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { countGuests, routeToGuests } from './guestGroups.ts'
import { Panel } from './Panel.tsx'
import { judge, RunLine } from './RunLine.tsx'
import { RunningElsewhere } from './RunningElsewhere.tsx'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
  troubles: { listStyleType: 'none', margin: 0, padding: 0 },
})

const shownTroubles = 3

/** What ran last, what comes next, and what went wrong lately. */
export function LastRuns({ shown }: { readonly shown: OverviewShown }): ReactNode {
  const styles = useStyles()
  const [last] = shown.runs
  const troubles = shown.runs.filter(({ status }) => judge(status) === 'bad' || judge(status) === 'doubtful').slice(0, shownTroubles)
  const guests = countGuests(shown, ['problem', 'conflict'])
  const schedule = valueOf(useAnswer('schedule.show', {}))
  return (
    <Panel title={texts.overview.runs} about={schedule === null ? '' : `${texts.overview.next}: ${nextOf(schedule)}`} width="column">
      <RunningElsewhere />
      <dl className={styles.facts}>
        <dt className={styles.name}>{texts.overview.last}</dt>
        <dd className={styles.value}>{last === undefined ? texts.overview.noRun : <RunLine run={last} name={texts.runs.steps[last.step]} />}</dd>
        <dt className={styles.name}>{texts.overview.problems}</dt>
        <dd className={styles.value}>
          {troubles.length === 0 && guests === 0 && texts.overview.noProblems}
          {guests > 0 && <Link href={routeToGuests(['problem', 'conflict'])}>{texts.overview.errors(guests)}</Link>}
          <ul className={styles.troubles}>{troubles.map((run) => <li key={run.id}><RunLine run={run} name={texts.runs.steps[run.step]} /></li>)}</ul>
        </dd>
      </dl>
      <Link href={writeRoute({ screen: 'runs', parameters: {} })}>{texts.overview.allRuns}</Link>
    </Panel>
  )
}

function nextOf({ isInstalled, next }: ScheduleShown): string {
  const { none, installed, scheduled } = scheduleTexts.overview
  return !isInstalled ? none : next === null ? installed : scheduled(next)
}
