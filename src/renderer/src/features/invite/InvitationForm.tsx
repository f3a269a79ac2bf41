import { Button, Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Invitation } from '../../../../shared/domain/invitation.ts'
import { inviteTexts } from '../../texts/invite.ts'

const words = inviteTexts.form

const useStyles = makeStyles({
  form: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  about: { margin: 0, color: tokens.colorNeutralForeground2 },
  submit: { justifySelf: 'start' },
})

type InvitationFormProps = { readonly invitation: Invitation; readonly isBusy: boolean; readonly onChange: (invitation: Invitation) => void; readonly onSubmit: () => void }

/** Whom, and with which words. What is wrong with it the service says when the address is looked for. */
export function InvitationForm({ invitation, isBusy, onChange, onSubmit }: InvitationFormProps): ReactNode {
  const styles = useStyles()
  const { mail, displayName, redirectUrl, message, language, cc } = invitation
  const orNull = (text: string): string | null => (text === '' ? null : text)
  const isReady = mail.trim() !== '' && redirectUrl.trim() !== '' && !isBusy
  return (
    <form className={styles.form} noValidate onSubmit={(event) => { event.preventDefault(); if (isReady) onSubmit() }}>
      <p className={styles.about}>{words.about}</p>
      <div className={styles.pair}>
        <Field label={words.mail} required><Input type="email" value={mail} maxLength={320} onChange={(_event, data) => onChange({ ...invitation, mail: data.value })} /></Field>
        <Field label={words.displayName}><Input value={displayName ?? ''} maxLength={300} onChange={(_event, data) => onChange({ ...invitation, displayName: orNull(data.value) })} /></Field>
        <Field label={words.redirectUrl} hint={words.redirectHint} required><Input type="url" value={redirectUrl} maxLength={2000} onChange={(_event, data) => onChange({ ...invitation, redirectUrl: data.value })} /></Field>
        <Field label={words.language} hint={words.languageHint}><Input value={language ?? ''} maxLength={20} onChange={(_event, data) => onChange({ ...invitation, language: orNull(data.value) })} /></Field>
        <Field label={words.cc}><Input type="email" value={cc ?? ''} maxLength={320} onChange={(_event, data) => onChange({ ...invitation, cc: orNull(data.value) })} /></Field>
      </div>
      <Field label={words.message} hint={words.messageHint}><Textarea value={message ?? ''} maxLength={10_000} resize="vertical" onChange={(_event, data) => onChange({ ...invitation, message: orNull(data.value) })} /></Field>
      <Button className={styles.submit} appearance="primary" type="submit" disabledFocusable={!isReady}>{isBusy ? words.looking : words.look}</Button>
    </form>
  )
}
