import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { InvitationSent } from '../../../../shared/api/invitationCalls.ts'
import type { KnownGuest } from '../../../../shared/domain/invitation.ts'
import { refine } from '../../app/route.ts'
import { useJobRequest, useQueryRequest } from '../../app/useRequest.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { CommandToCopy } from '../../ui/CommandToCopy.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { Confirmation } from './Confirmation.tsx'
import { FoundUsers } from './FoundUsers.tsx'
import { InvitationForm } from './InvitationForm.tsx'
import { changeInvitation, forgetInvitation, useInviteDraft } from './inviteDraft.ts'
import { InvitedGuest } from './InvitedGuest.tsx'
import { StepCard } from './StepCard.tsx'

/** `form`: typed at; `asked`: nobody has the address, and the person decides; `exists`: somebody has it. */
type Stage = { readonly kind: 'form' } | { readonly kind: 'asked' } | { readonly kind: 'exists'; readonly users: readonly KnownGuest[] }

const useStyles = makeStyles({ result: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, width: '100%' } })

/** Found or invited; then everything that follows for the guest whom the address names. */
export function InviteOne({ guest }: { /** Entra id. */ readonly guest: string | null }): ReactNode {
  const styles = useStyles()
  const [stage, setStage] = useState<Stage>({ kind: 'form' })
  const invitation = useInviteDraft((state) => state.invitation)
  const [sent, setSent] = useState<Extract<InvitationSent, { kind: 'invited' }> | null>(null)
  const [finding, sending] = [useQueryRequest('invitations.find'), useJobRequest('invitations.send')]
  const result = useRef<HTMLDivElement>(null)
  // The button that was pressed goes with its step: the focus goes to what came of it instead of to nobody.
  useEffect(() => { if (stage.kind !== 'form' || guest !== null) result.current?.focus() }, [stage, guest])
  const look = async (): Promise<void> => {
    const found = await finding.send({ mail: invitation.mail })
    if (found.ok) setStage(found.value.users.length === 0 ? { kind: 'asked' } : { kind: 'exists', users: found.value.users })
  }
  const send = async (): Promise<void> => {
    const answer = await sending.send({ invitation })
    if (!answer.ok) return
    if (answer.value.kind === 'exists') return setStage(answer.value)
    setSent(answer.value)
    goOnWith(answer.value.id)
  }
  const goOnWith = (id: string): void => {
    setStage({ kind: 'form' })
    forgetInvitation()
    refine({ guest: id })
  }
  return (
    <>
      <StepCard title={inviteTexts.steps.invite}>
        <div ref={result} tabIndex={-1} className={styles.result}>
          {guest !== null && <MessageBar intent="success" layout="multiline"><MessageBarBody role="status">{sent?.id === guest ? inviteTexts.invited(sent.status) : inviteTexts.known}</MessageBarBody></MessageBar>}
          {guest !== null && sent?.id === guest && sent.redeemUrl !== null && <div>{inviteTexts.redeem}<CommandToCopy command={sent.redeemUrl} /></div>}
          {guest === null && stage.kind === 'form' && <InvitationForm invitation={invitation} isBusy={finding.isBusy} onChange={changeInvitation} onSubmit={() => void look()} />}
          {guest === null && stage.kind === 'asked' && <Confirmation invitation={invitation} isBusy={sending.isBusy} onSend={() => void send()} onChange={() => setStage({ kind: 'form' })} />}
          {guest === null && stage.kind === 'exists' && <FoundUsers users={stage.users} onChoose={(id) => { setSent(null); goOnWith(id) }} onChange={() => setStage({ kind: 'form' })} />}
          {[finding, sending].map(({ problem, dismiss }, index) => (problem === null ? null : <ProblemMessage key={index} problem={problem} onDismiss={dismiss} />))}
        </div>
      </StepCard>
      {guest !== null && <InvitedGuest key={guest} id={guest} start={sent?.id === guest ? 'atOnce' : 'whenAsked'} />}
    </>
  )
}
