import { Button, Checkbox, makeStyles, Skeleton, SkeletonItem, Switch, tokens } from '@fluentui/react-components'
import { useEffect, useState, type ReactNode } from 'react'
import type { CheckedReadiness, ReadinessReport } from '../../../../shared/domain/readiness.ts'
import { useJobs } from '../../app/jobs.ts'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { valueOf } from '../../app/valueOf.ts'
import { formatInstant, texts } from '../../texts.ts'
import { readinessTexts as words } from '../../texts/readiness.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { Finding } from './Finding.tsx'
import { countStates, groupFindings } from './groupFindings.ts'

const useStyles = makeStyles({
  body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, maxWidth: '1180px' },
  area: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, padding: tokens.spacingHorizontalL },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  quiet: { color: tokens.colorNeutralForeground2, margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  options: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalL },
  empty: { display: 'grid', justifyItems: 'start', gap: tokens.spacingVerticalM, maxWidth: '80ch' },
})

/** What tenant, domain and workspace lack, and what to do about it. */
export function Readiness(): ReactNode {
  const styles = useStyles()
  const report = useAnswer('readiness.show', {})
  const checking = useJobRequest('readiness.check')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [trial, setTrial] = useState<'leaveOut' | 'write'>('leaveOut')
  // What the service could not keep is here until the next checks, and nowhere else.
  const [unkept, setUnkept] = useState<CheckedReadiness | null>(null)
  const check = async (only: readonly string[] | null): Promise<void> => {
    const checked = await checking.send({ only, trial: only === null ? trial : 'leaveOut' })
    setUnkept(checked.ok && checked.value.notKept !== null ? checked.value : null)
  }
  const shown = unkept ?? valueOf(report)
  return (
    <>
      <ScreenHeader title={texts.screens.readiness} about={shown === null ? undefined : <span role="status" title={formatInstant(shown.checkedAt)}>{words.about(shown.checkedAt)} · {words.counts(countStates(shown.findings))}</span>}>
        {shown !== null && <Button appearance="primary" disabledFocusable={isBusy} onClick={() => void check(null)}>{isBusy ? words.checking : words.checkAll}</Button>}
      </ScreenHeader>
      <div className={styles.body}>
        {checking.problem !== null && <ProblemMessage problem={checking.problem} onDismiss={checking.dismiss} />}
        {unkept !== null && unkept.notKept !== null && <ProblemMessage problem={unkept.notKept} />}
        {report.status === 'failed' && <ProblemMessage problem={report.problem} />}
        {report.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /></Skeleton>}
        {report.status === 'ready' && shown === null && <Nothing isBusy={isBusy} onCheck={() => void check(null)} />}
        {shown !== null && (
          <>
            <div className={styles.options}>
              <OnlyOpen />
              <Checkbox label={words.trial} title={words.trialAbout} checked={trial === 'write'} onChange={(_event, data) => setTrial(data.checked === true ? 'write' : 'leaveOut')} />
              {trial === 'write' && <p className={styles.quiet}>{words.trialAbout}</p>}
            </div>
            <Areas report={shown} isBusy={isBusy} onCheck={(id) => void check([id])} />
          </>
        )}
      </div>
    </>
  )
}

function OnlyOpen(): ReactNode {
  const isOnlyOpen = useRoute((state) => state.route.parameters['only'] === 'open')
  return <Switch label={words.onlyOpen} checked={isOnlyOpen} onChange={(_event, data) => refine({ only: data.checked ? 'open' : null })} />
}

function Areas({ report, isBusy, onCheck }: { readonly report: ReadinessReport; readonly isBusy: boolean; readonly onCheck: (id: string) => void }): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const isOnlyOpen = parameters['only'] === 'open'
  return groupFindings(report.findings).map(({ area, counts, findings }) => {
    // What the address names is shown, whatever its state is by now.
    const shown = isOnlyOpen ? findings.filter(({ id, state }) => state !== 'passed' || id === parameters['finding']) : findings
    return (
      <section key={area} className={styles.area} aria-label={words.areas[area]}>
        <div className={styles.head}><h2 className={styles.title}>{words.areas[area]}</h2><p className={styles.quiet}>{words.counts(counts)}</p></div>
        {shown.length === 0 ? <p className={styles.quiet}>{words.nothingOpen}</p> : <ul className={styles.list}>{shown.map((finding) => <Finding key={finding.id} finding={finding} isBusy={isBusy} onCheck={onCheck} />)}</ul>}
      </section>
    )
  })
}

function Nothing({ isBusy, onCheck }: { readonly isBusy: boolean; readonly onCheck: () => void }): ReactNode {
  const styles = useStyles()
  // The button goes with this text when the first findings come: the focus goes to the screen instead of to nobody.
  useEffect(() => () => document.getElementById('screen')?.focus({ preventScroll: true }), [])
  return (
    <section className={styles.empty} aria-label={words.empty.title}>
      <h2 className={styles.title}>{words.empty.title}</h2>
      <p className={styles.quiet}>{words.empty.about}</p>
      <Button appearance="primary" disabledFocusable={isBusy} onClick={onCheck}>{isBusy ? words.checking : words.empty.check}</Button>
    </section>
  )
}
