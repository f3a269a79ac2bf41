import { Button, Combobox, Field, Input, makeStyles, Option, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { DelegationReport } from '../../../../shared/api/delegationCalls.ts'
import type { ApplicationFacts, GuestFacts } from '../../../../shared/domain/delegation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { ofError, useClient } from '../../app/service.tsx'
import { useLastJob } from '../../app/useLastJob.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { DetailPart } from './DetailFrame.tsx'
import { proofsOfPair } from './proofsOfPair.ts'
import { ProofElsewhere } from './ProofElsewhere.tsx'
import { ProofResult } from './ProofResult.tsx'
import { ProofSteps } from './ProofSteps.tsx'

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(256px, 100%), 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  about: { margin: 0, color: tokens.colorNeutralForeground2 },
  combobox: { minWidth: 0 },
  upn: { display: 'block', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

/** So many are offered; who is not among them is found by typing more, or named in full. */
const offered = 30
const shownProofs = 3

type ProofProps = { readonly report: DelegationReport; readonly application: ApplicationFacts; readonly connector: string }

/** The live proof for one guest: what it needs, its steps while it runs, what came out, and the same on a Windows connector. */
export function Proof({ report, application, connector }: ProofProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const last = useLastJob('delegation.prove')
  const isRunning = useJobs((state) => state.jobs.some(({ call, endedAt }) => call === 'delegation.prove' && endedAt === null))
  const [asked, setAsked] = useState<{ readonly typed: string; readonly guest: string | null }>({ typed: '', guest: null })
  const [keytab, setKeytab] = useState('')
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const words = delegationTexts.proof
  const guest = asked.guest ?? asked.typed.trim()
  const hasBadUrl = url.trim() !== '' && !/^https?:\/\/\S+$/.test(url.trim())
  const canProve = guest !== '' && !hasBadUrl && !isRunning
  const prove = (): void => {
    setProblem(null)
    const input = { application: application.id, guest, connector, keytab: orNull(keytab), url: orNull(url), address: null }
    startJob(client, 'delegation.prove', input).then((result) => { if (!result.ok) setProblem(result.problem) }, (error: unknown) => setProblem(ofError(error)))
  }
  const matching = report.facts.guests.filter((candidate) => asked.guest !== null || matches(candidate, asked.typed)).slice(0, offered)
  return (
    <DetailPart title={words.title}>
      <p className={styles.about}>{words.about}</p>
      <div className={styles.form}>
        <Field label={words.guest} hint={words.guestHint} required>
          <Combobox className={styles.combobox} freeform value={asked.typed} selectedOptions={asked.guest === null ? [] : [asked.guest]} onChange={(event) => setAsked({ typed: event.target.value, guest: null })}
            onOptionSelect={(_event, data) => setAsked({ typed: data.optionText ?? '', guest: data.optionValue ?? null })}>
            {matching.map((candidate) => <Option key={candidate.entraId} value={candidate.entraId} text={candidate.displayName ?? candidate.userPrincipalName}><span><bdi>{candidate.displayName}</bdi><bdi className={styles.upn}>{candidate.userPrincipalName}</bdi></span></Option>)}
          </Combobox>
        </Field>
        <Field label={words.keytab} hint={words.keytabHint}><Input value={keytab} onChange={(_event, data) => setKeytab(data.value)} /></Field>
        <Field label={words.url} {...(hasBadUrl ? { validationMessage: words.badUrl, validationState: 'error' as const } : { hint: words.urlHint })}><Input value={url} onChange={(_event, data) => setUrl(data.value)} /></Field>
      </div>
      <div><Button appearance="secondary" disabledFocusable={!canProve} onClick={() => { if (canProve) prove() }}>{isRunning ? words.proving : words.prove}</Button></div>
      <ProofSteps />
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
      {proofsOfPair(last?.result?.ok === true ? [last.result.value, ...report.facts.proofs] : report.facts.proofs, connector, application.id).slice(0, shownProofs).map((outcome) => <ProofResult key={outcome.guest + outcome.at} outcome={outcome} guests={report.facts.guests} />)}
      <ProofElsewhere application={application} guest={guest} url={hasBadUrl ? null : orNull(url)} guests={report.facts.guests} />
    </DetailPart>
  )
}

function matches({ displayName, userPrincipalName, mail }: GuestFacts, typed: string): boolean {
  const text = typed.trim().toLowerCase()
  return [displayName, userPrincipalName, mail].some((name) => name !== null && name.toLowerCase().includes(text))
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
