import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { InvitationOutputs } from '../../../../shared/api/invitationCalls.ts'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { cancelJob, useJobs } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { SignInPrompt } from '../../ui/SignInPrompt.tsx'

const words = inviteTexts.actions

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0 },
})

type ResetRedemptionProps = { readonly row: GuestRow; readonly onDone: (done: InvitationOutputs['invitations.resetRedemption']) => void }

/** The guest redeems anew: asked for with a reason, and done in the name of the person who signs in for it. */
export function ResetRedemption({ row, onDone }: ResetRedemptionProps): ReactNode {
  const styles = useStyles()
  const form = useId()
  const client = useClient()
  const resetting = useJobRequest('invitations.resetRedemption')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  // A reload joins it again: the dialog has gone by then, and the code is still waited for.
  const running = useJobs((state) => state.jobs.find(({ call, endedAt }) => call === 'invitations.resetRedemption' && endedAt === null) ?? null)
  const [isOpen, setOpen] = useState(false)
  const [mail, setMail] = useState(row.mail ?? '')
  const [redirectUrl, setRedirectUrl] = useState<string>(inviteTexts.redirect)
  const [note, setNote] = useState('')
  const isReady = mail.trim() !== '' && redirectUrl.trim() !== '' && note.trim() !== '' && !isBusy
  const reset = async (): Promise<void> => {
    if (!isReady) return
    const result = await resetting.send({ id: row.id, mail, redirectUrl, note })
    if (!result.ok) return
    setOpen(false)
    setNote('')
    onDone(result.value)
  }
  const signIn = running?.progress?.signIn
  const prompt = signIn === undefined || signIn.code === null ? null : <SignInPrompt title={words.resetEnter(signIn.code)} address={signIn.address} about={words.resetSignedInAs} />
  return (
    <>
      <Dialog open={isOpen} onOpenChange={(_event, data) => setOpen(data.open)}>
        <DialogTrigger disableButtonEnhancement><Button>{words.reset}</Button></DialogTrigger>
        <DialogSurface>
          <DialogBody>
            <DialogTitle>{words.resetTitle}</DialogTitle>
            <DialogContent className={styles.content}>
              <p className={styles.text}>{words.resetAbout}</p>
              <form id={form} className={styles.content} noValidate onSubmit={(event) => { event.preventDefault(); void reset() }}>
                <Field label={words.resetMail} required><Input type="email" value={mail} maxLength={320} onChange={(_event, data) => setMail(data.value)} /></Field>
                <Field label={inviteTexts.form.redirectUrl} hint={inviteTexts.form.redirectHint} required><Input type="url" value={redirectUrl} maxLength={2000} onChange={(_event, data) => setRedirectUrl(data.value)} /></Field>
                <Field label={words.note} required><Input value={note} maxLength={1000} onChange={(_event, data) => setNote(data.value)} /></Field>
              </form>
              {prompt}
              {resetting.problem !== null && <ProblemMessage problem={resetting.problem} onDismiss={resetting.dismiss} />}
            </DialogContent>
            <DialogActions>
              {running === null
                ? <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
                : <Button onClick={() => void cancelJob(client, running.id)}>{words.resetCancel}</Button>}
              <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{resetting.isBusy ? words.resetting : words.resetNow}</Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
      {!isOpen && prompt}
    </>
  )
}
