import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { useJobRequest } from '../../app/useRequest.ts'
import { inviteTexts } from '../../texts/invite.ts'
import { NoteDialog } from '../../ui/NoteDialog.tsx'
import { ResetRedemption } from './ResetRedemption.tsx'

const words = inviteTexts.actions

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } })

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
        <ResetRedemption row={row} onDone={({ status, account }) => setSaid(words.resetDone(status, account))} />
        {isBlocked
          ? <NoteDialog key="unblock" {...common} trigger={words.unblock} title={words.unblockTitle} about={words.unblockAbout} confirm={words.unblockNow} inputOf={(note) => ({ id: row.id, enabled: 'enabled', note })} onDone={(answer) => tell('enabled', answer.guest !== null)} />
          : <NoteDialog key="block" {...common} trigger={words.block} title={words.blockTitle} about={words.blockAbout} confirm={words.blockNow} inputOf={(note) => ({ id: row.id, enabled: 'blocked', note })} onDone={(answer) => tell('blocked', answer.guest !== null)} />}
      </div>
      {said !== null && <MessageBar intent="success" layout="multiline"><MessageBarBody role="status">{said}</MessageBarBody></MessageBar>}
    </>
  )
}
