import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { InvitationOutputs, JudgedList } from '../../../../shared/api/invitationCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { useJobRequest } from '../../app/useRequest.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ListPlan } from './ListPlan.tsx'
import { ListResults } from './ListResults.tsx'
import { StepCard } from './StepCard.tsx'

const words = inviteTexts.csv
/** Mistakes beyond these are seen when these are corrected. */
const shownMistakes = 200

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  redirect: { flex: '1 1 320px', maxWidth: '480px' },
  wide: { width: '100%', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
})

type ChosenFile = { readonly name: string; readonly text: string }

/** A list of people: checked as a whole, shown with what becomes of each line, approved, sent, and what came of it. */
export function InviteList(): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const [judging, sending] = [useJobRequest('invitations.judgeList'), useJobRequest('invitations.sendList')]
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [redirectUrl, setRedirectUrl] = useState<string>(inviteTexts.redirect)
  const [judged, setJudged] = useState<JudgedList | null>(null)
  const [results, setResults] = useState<InvitationOutputs['invitations.sendList'] | null>(null)
  const forget = (): void => { setJudged(null); setResults(null) }
  const read = async (chosen: File): Promise<void> => {
    setFile({ name: chosen.name, text: await chosen.text() })
    forget()
  }
  const check = async (): Promise<void> => {
    if (file === null) return
    forget()
    const answer = await judging.send({ text: file.text, redirectUrl })
    if (answer.ok) setJudged(answer.value)
  }
  const send = async (approve: string): Promise<void> => {
    const answer = await sending.send({ text: file?.text, redirectUrl, approve })
    if (answer.ok) setResults(answer.value)
  }
  return (
    <StepCard title={inviteTexts.list}>
      <p className={styles.text}>{words.about}</p>
      <div className={beside.line}>
        <div className={beside.button}><FileButton label={words.choose} accept=".csv,text/csv,text/plain" onChosen={(chosen) => void read(chosen)} /> {file !== null && words.chosen(file.name)}</div>
        <Field label={words.redirect} className={styles.redirect}><Input type="url" value={redirectUrl} maxLength={2000} onChange={(_event, data) => { setRedirectUrl(data.value); forget() }} /></Field>
        <Button className={beside.button} appearance={judged === null ? 'primary' : 'secondary'} disabledFocusable={file === null || isBusy || redirectUrl.trim() === ''} onClick={() => void check()}>{judging.isBusy ? words.checking : words.check}</Button>
      </div>
      <div className={styles.wide}>
        {[judging, sending].map(({ problem, dismiss }, index) => (problem === null ? null : <ProblemMessage key={index} problem={problem} onDismiss={dismiss} />))}
        {judged?.kind === 'mistakes' && <Mistakes judged={judged} />}
        {judged?.kind === 'list' && results === null && <ListPlan list={judged} isSending={sending.isBusy} onApprove={(hash) => void send(hash)} />}
        {results !== null && <ListResults sent={results} />}
      </div>
    </StepCard>
  )
}

function Mistakes({ judged: { mistakes } }: { readonly judged: Extract<JudgedList, { kind: 'mistakes' }> }): ReactNode {
  const { line, column, value, message } = words.mistake
  const rows = mistakes.slice(0, shownMistakes).map((mistake, index) => ({ key: String(index), cells: [mistake.line, mistake.column ?? '', mistake.value, mistake.message] }))
  return (
    <>
      <MessageBar intent="error"><MessageBarBody role="status">{words.mistakes(mistakes.length)}</MessageBarBody></MessageBar>
      <EvidenceTable label={message} headings={[line, column, value, message]} rows={rows} monospaced={[1, 2]} />
      {mistakes.length > shownMistakes && <span>{words.more(mistakes.length - shownMistakes)}</span>}
    </>
  )
}
