import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Invitation } from '../../../../shared/domain/invitation.ts'
import { useJobs } from '../../app/jobs.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { Facts } from '../../ui/Facts.tsx'

const words = inviteTexts.form

const useStyles = makeStyles({ text: { margin: 0 }, actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } })

type ConfirmationProps = { readonly invitation: Invitation; readonly isBusy: boolean; readonly onSend: () => void; readonly onChange: () => void }

/** What would be sent, before it is: an invitation cannot be taken back. */
export function Confirmation({ invitation: { mail, displayName, redirectUrl, message, language, cc }, isBusy, onSend, onChange }: ConfirmationProps): ReactNode {
  const styles = useStyles()
  const isWorking = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  return (
    <>
      <p className={styles.text} role="status">{inviteTexts.nobody(mail)}</p>
      <Facts facts={[[words.mail, mail], [words.displayName, displayName], [words.redirectUrl, redirectUrl], [words.message, message], [words.language, language], [words.cc, cc]]} />
      <div className={styles.actions}>
        <Button appearance="primary" disabledFocusable={isBusy || isWorking} onClick={onSend}>{isBusy ? inviteTexts.sending : inviteTexts.send}</Button>
        <Button disabled={isBusy} onClick={onChange}>{inviteTexts.change}</Button>
      </div>
    </>
  )
}
