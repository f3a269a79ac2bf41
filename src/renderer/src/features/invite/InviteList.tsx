import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useEffect, type ReactNode } from 'react'
import type { JudgedList } from '../../../../shared/api/invitationCalls.ts'
import { useJobs } from '../../app/jobs.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { useBesideField } from '../../ui/besideField.ts'
import { EvidenceTable } from '../../ui/EvidenceTable.tsx'
import { FileButton } from '../../ui/FileButton.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { changeListRedirect, chooseList, forgetList, useInviteDraft } from './inviteDraft.ts'
import { ListPlan } from './ListPlan.tsx'
import { ListResults } from './ListResults.tsx'
import { StepCard } from './StepCard.tsx'
import { useJoinedRequest } from './useJoinedRequest.ts'

const words = inviteTexts.csv
/** Mistakes beyond these are seen when these are corrected. */
const shownMistakes = 200

const useStyles = makeStyles({
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  redirect: { flex: '1 1 320px', maxWidth: '480px' },
  wide: { width: '100%', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
})

/** A list of people: checked as a whole, shown with what becomes of each line, approved, sent, and what came of it. A reload joins each of these again. */
export function InviteList(): ReactNode {
  const styles = useStyles()
  const beside = useBesideField()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const { list, listRedirectUrl: redirectUrl } = useInviteDraft()
  const [judging, sending] = [useJoinedRequest('invitations.judgeList'), useJoinedRequest('invitations.sendList')]
  const [judged, results] = [judging.answer, sending.answer]
  // It was sent: whoever sends it again chooses it again.
  useEffect(() => { if (results !== null) forgetList() }, [results])
  const forget = (): void => { judging.forget(); sending.forget() }
  const read = async (chosen: File): Promise<void> => {
    forget()
    // As the command line reads it: File.text() of Chromium would take a file in UTF-16 for what it is, and the same list went here and not there.
    chooseList({ name: chosen.name, text: new TextDecoder().decode(await chosen.arrayBuffer()) })
  }
  const check = async (): Promise<void> => {
    if (list === null) return
    forget()
    await judging.send({ text: list.text, redirectUrl })
  }
  const send = async (approve: string): Promise<void> => {
    sending.forget()
    await sending.send({ text: list?.text, redirectUrl, approve })
  }
  return (
    <StepCard title={inviteTexts.list}>
      <p className={styles.text}>{words.about}</p>
      <div className={beside.line}>
        <div className={beside.button}><FileButton label={words.choose} accept=".csv,text/csv,text/plain" isDisabled={isBusy} onChosen={(chosen) => void read(chosen)} /> {list !== null && words.chosen(list.name)}</div>
        <Field label={words.redirect} className={styles.redirect}><Input type="url" value={redirectUrl} maxLength={2000} onChange={(_event, data) => { changeListRedirect(data.value); forget() }} /></Field>
        <Button className={beside.button} appearance={judged === null ? 'primary' : 'secondary'} disabledFocusable={list === null || isBusy || redirectUrl.trim() === ''} onClick={() => void check()}>{judging.isBusy ? words.checking : words.check}</Button>
      </div>
      <div className={styles.wide}>
        {[judging, sending].map(({ problem, forget: dismiss }, index) => (problem === null ? null : <ProblemMessage key={index} problem={problem} onDismiss={dismiss} />))}
        {judged?.kind === 'mistakes' && <Mistakes judged={judged} />}
        {judged?.kind === 'list' && list !== null && <ListPlan list={judged} isSending={sending.isBusy} onApprove={(hash) => void send(hash)} />}
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
