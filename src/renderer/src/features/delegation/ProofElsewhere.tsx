import { Button, Field, Link, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ApplicationFacts, GuestFacts, ProofOutcome } from '../../../../shared/domain/delegation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ProofResult } from './ProofResult.tsx'
import { ScriptShown } from './ScriptShown.tsx'

const useStyles = makeStyles({ parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS, justifyItems: 'stretch' }, about: { margin: 0, color: tokens.colorNeutralForeground2 } })

type ProofElsewhereProps = { readonly application: ApplicationFacts; /** As typed or chosen; empty: nobody yet. */ readonly guest: string; readonly url: string | null; readonly guests: readonly GuestFacts[] }
/** Of whom and what the script asks; its answer is read for the same. */
type Script = { readonly guest: string; readonly text: string }

/** Where nobody here can be the connector: a script for the connector itself, and its answer pasted. */
export function ProofElsewhere({ application, guest, url, guests }: ProofElsewhereProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const [isOpen, setOpen] = useState(false)
  const [script, setScript] = useState<Script | null>(null)
  const [pasted, setPasted] = useState('')
  const [outcome, setOutcome] = useState<ProofOutcome | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const words = delegationTexts.proof
  const render = async (): Promise<void> => {
    setProblem(null)
    const result = await client.call('delegation.proofScript', { application: application.id, guest, url })
    if (result.ok) setScript({ guest, text: result.value.text })
    else setProblem(result.problem)
  }
  const read = async (asked: Script): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'delegation.proofAnswer', { application: application.id, guest: asked.guest, text: pasted })
    // The job's answer is that of the call which it began.
    if (result.ok) setOutcome(result.value as ProofOutcome)
    else setProblem(result.problem)
  }
  const attempt = (work: Promise<void>): void => void work.catch((error: unknown) => setProblem(ofError(error)))
  return (
    <div className={styles.parts}>
      <div><Link as="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{words.elsewhere}</Link></div>
      {isOpen && (
        <>
          <p className={styles.about}>{words.elsewhereAbout}</p>
          <div><Button disabledFocusable={guest === ''} onClick={() => { if (guest !== '') attempt(render()) }}>{words.script}</Button></div>
          {script !== null && (
            <>
              <ScriptShown label={words.scriptLabel} copyLabel={words.copy} script={script.text} initially="shown" />
              <Field label={words.answer}><Textarea value={pasted} rows={5} resize="vertical" onChange={(_event, data) => setPasted(data.value)} /></Field>
              <div><Button disabledFocusable={pasted.trim() === ''} onClick={() => { if (pasted.trim() !== '') attempt(read(script)) }}>{words.read}</Button></div>
            </>
          )}
          {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
          {outcome !== null && <ProofResult outcome={outcome} guests={guests} />}
        </>
      )}
    </div>
  )
}
