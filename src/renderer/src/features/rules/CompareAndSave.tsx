import { Button, Field, Input, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Subtitle2, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Outputs } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { navigate, refine } from '../../app/route.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { LineDifference } from '../../ui/LineDifference.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ComparisonShown } from './ComparisonShown.tsx'
import { useDraft } from './draft.ts'
import type { Validation } from './useValidation.ts'

const words = texts.rules.compare
/** So many persons are listed; the count is of all. */
const listed = 200

const useStyles = makeStyles({
  parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL, paddingBottom: tokens.spacingVerticalXL },
  part: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, '& > *': { maxWidth: '100%' } },
  wide: { width: '100%' },
  title: { margin: 0 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  note: { width: '100%', maxWidth: '640px' },
})

type CompareAndSaveProps = { readonly text: string; readonly inForce: Outputs['rules.read']; readonly validation: Validation }
type Compared = { readonly text: string; readonly result: Outputs['rules.compareText'] | Problem }

/** What is other than in force, what that would change, and only then the way to save it. */
export function CompareAndSave({ text, inForce, validation }: CompareAndSaveProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [compared, setCompared] = useState<Compared | null>(null)
  const [saved, setSaved] = useState<number | null>(null)
  const current = compared?.text === text ? compared.result : null
  const compare = async (): Promise<void> => {
    setSaved(null)
    const result = await startJob(client, 'rules.compareText', { text, limit: listed })
    // The job's answer is that of the call which it began.
    setCompared({ text, result: result.ok ? (result.value as Outputs['rules.compareText']) : result.problem })
  }
  if (text === inForce.text) return <div className={styles.parts}>{saved === null ? <p className={styles.text}>{words.same(inForce.name)}</p> : <Saved version={saved} />}</div>
  if (validation.status === 'invalid') return <MessageBar intent="error" layout="multiline"><MessageBarBody>{words.invalid(validation.problems.length)}</MessageBarBody><MessageBarActions><Button size="small" onClick={() => refine({ view: 'text' })}>{words.toText}</Button></MessageBarActions></MessageBar>
  return (
    <div className={styles.parts}>
      <section className={styles.part} aria-label={words.difference}>
        <Subtitle2 as="h2" className={styles.title}>{words.difference}</Subtitle2>
        <div className={styles.wide}><LineDifference label={words.difference} before={inForce.text} after={text} /></div>
      </section>
      <section className={styles.part} aria-label={words.consequences}>
        <Subtitle2 as="h2" className={styles.title}>{words.consequences}</Subtitle2>
        <p className={styles.text}>{words.about}</p>
        {current === null && <Button appearance="primary" disabledFocusable={isBusy || validation.status !== 'valid'} onClick={() => void compare()}>{words.start}</Button>}
        {current !== null && <div className={styles.wide}>{'kind' in current ? <ProblemMessage problem={current} /> : <ComparisonShown comparison={current} />}</div>}
        {current !== null && 'kind' in current && <Button onClick={() => void compare()}>{words.again}</Button>}
      </section>
      {current !== null && !isCancelled(current) && <SavePart key={text} text={text} before={inForce.text} onSaved={setSaved} />}
    </div>
  )
}

function isCancelled(result: Compared['result']): boolean {
  return 'kind' in result && result.kind === 'cancelled'
}

function SavePart({ text, before, onSaved }: { readonly text: string; readonly before: string; readonly onSaved: (version: number) => void }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'rules.save', { text, before, note })
    if (!result.ok) return setProblem(result.problem)
    onSaved((result.value as Outputs['rules.save']).version)
    useDraft.setState({ text: null })
  }
  return (
    <section className={styles.part} aria-label={words.save}>
      <Subtitle2 as="h2" className={styles.title}>{words.save}</Subtitle2>
      <p className={styles.text}>{words.saveAbout}</p>
      <Field className={styles.note} label={words.note} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      <Button appearance="primary" disabledFocusable={isBusy || note.trim() === ''} onClick={() => void save()}>{words.saveNow}</Button>
    </section>
  )
}

/** The former plan was made by other rules: an export would refuse it. */
function Saved({ version }: { readonly version: number }): ReactNode {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (): Promise<void> => {
    const result = await startJob(client, 'runs.start', { profile: 'cycle', acceptSmallerSource: null })
    if (!result.ok) return setProblem(result.problem)
    navigate('changes')
  }
  return (
    <>
      <MessageBar intent="success" layout="multiline"><MessageBarBody role="status">{words.saved(version)}</MessageBarBody><MessageBarActions><Button appearance="primary" onClick={() => void run()}>{words.runCycle}</Button></MessageBarActions></MessageBar>
      {problem !== null && <ProblemMessage problem={problem} />}
    </>
  )
}
