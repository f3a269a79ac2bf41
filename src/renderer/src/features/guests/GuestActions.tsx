import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, DialogTrigger, Field, Input, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useId, useState, type ReactNode } from 'react'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { useJobs } from '../../app/jobs.ts'
import { useJobRequest } from '../../app/useRequest.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { NoteDialog } from '../../ui/NoteDialog.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const words = inviteTexts.actions

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  text: { margin: 0 },
})

/** What can be done in the tenant with a guest who is there: redeem anew, block, unblock; each with its reason. */
export function GuestActions({ row, guest }: { readonly row: GuestRow; readonly guest: ConnectorObject }): ReactNode {
  const styles = useStyles()
  const changing = useJobRequest('invitations.setEnabled')
  const [said, setSaid] = useState<string | null>(null)
  // As of the last import, or of the change that was made here since.
  const [changed, setChanged] = useState<'enabled' | 'blocked' | null>(null)
  const isBlocked = (changed ?? (guest.attributes['accountEnabled']?.[0] === false ? 'blocked' : 'enabled')) === 'blocked'
  const tell = (wanted: 'enabled' | 'blocked', isThere: boolean): void => {
    setChanged(wanted)
    setSaid(!isThere ? words.gone : wanted === 'blocked' ? words.blocked : words.unblocked)
  }
  const common = { notNow: words.notNow, label: words.note, request: changing }
  return (
    <>
      <div className={styles.actions} role="group" aria-label={words.group}>
        <ResetRedemption row={row} onDone={(status) => setSaid(words.resetDone(status))} />
        {isBlocked
          ? <NoteDialog key="unblock" {...common} trigger={words.unblock} title={words.unblockTitle} about={words.unblockAbout} confirm={words.unblockNow} inputOf={(note) => ({ id: row.id, enabled: 'enabled', note })} onDone={(answer) => tell('enabled', answer.guest !== null)} />
          : <NoteDialog key="block" {...common} trigger={words.block} title={words.blockTitle} about={words.blockAbout} confirm={words.blockNow} inputOf={(note) => ({ id: row.id, enabled: 'blocked', note })} onDone={(answer) => tell('blocked', answer.guest !== null)} />}
      </div>
      {said !== null && <MessageBar intent="success" layout="multiline"><MessageBarBody role="status">{said}</MessageBarBody></MessageBar>}
    </>
  )
}

function ResetRedemption({ row, onDone }: { readonly row: GuestRow; readonly onDone: (status: string) => void }): ReactNode {
  const styles = useStyles()
  const form = useId()
  const resetting = useJobRequest('invitations.resetRedemption')
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
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
    onDone(result.value.status)
  }
  return (
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
            {resetting.problem !== null && <ProblemMessage problem={resetting.problem} onDismiss={resetting.dismiss} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement><Button>{words.notNow}</Button></DialogTrigger>
            <Button appearance="primary" type="submit" form={form} disabledFocusable={!isReady}>{words.resetNow}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
