import { Button, makeStyles, Skeleton, SkeletonItem, Title3, tokens } from '@fluentui/react-components'
import { ClipboardTaskListLtrRegular, DatabaseLinkRegular, DocumentSearchRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { ShownObject } from '../../../../shared/api/contract.ts'
import { textOf } from '../../../../shared/domain/attributes.ts'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { AttributeDifferences } from '../../ui/AttributeDifferences.tsx'
import { GuestStateBadge } from '../../ui/guestStates.tsx'
import { KindBadge } from '../../ui/kinds.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { GuestActions } from './GuestActions.tsx'
import { SignOnOfGuest } from '../../ui/SignOnOfGuest.tsx'

const useStyles = makeStyles({
  detail: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  title: { margin: 0, overflowWrap: 'anywhere' },
  company: { color: tokens.colorNeutralForeground2 },
  state: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'baseline' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  pending: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, margin: 0, fontSize: tokens.fontSizeBase300 },
})

/** One guest: who, what became of them and why, and the ways on from here. */
export function GuestDetail({ row }: { readonly row: GuestRow }): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('objects.show', { id: row.id })
  return (
    <section className={styles.detail} aria-label={texts.guests.detail}>
      <div>
        <Title3 as="h2" className={styles.title}><bdi>{row.displayName ?? texts.guests.noName}</bdi></Title3>
        {row.company !== null && <div className={styles.company}><bdi>{row.company}</bdi></div>}
      </div>
      <div className={styles.state}><GuestStateBadge state={row.state} /><bdi>{texts.guests.because(row.why)}</bdi></div>
      {shown.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /></Skeleton>}
      {shown.status === 'failed' && <ProblemMessage problem={shown.problem} />}
      {(shown.status === 'ready' || shown.status === 'refreshing') && <Known row={row} shown={shown.value} />}
      <SignOnOfGuest guest={row.id} />
    </section>
  )
}

function Known({ row, shown }: { readonly row: GuestRow; readonly shown: ShownObject }): ReactNode {
  const styles = useStyles()
  const { account, person, pending } = shown
  const title = texts.guests.column
  return (
    <>
      <div className={styles.actions} role="group" aria-label={texts.guests.actions}>
        <Button appearance="primary" icon={<DocumentSearchRegular />} onClick={() => navigate('preview', { id: row.id })}>{texts.guests.preview}</Button>
        {pending !== null && <Button icon={<ClipboardTaskListLtrRegular />} onClick={() => navigate('changes', { selected: pending.change.metaverseId })}>{texts.guests.seeChange}</Button>}
        {person !== null && <Button icon={<DatabaseLinkRegular />} onClick={() => navigate('metaverse', { selected: person.id, detail: 'open' })}>{texts.guests.seePerson}</Button>}
      </div>
      {shown.guest !== null && <GuestActions row={row} guest={shown.guest} />}
      <Facts facts={[
        [title.userPrincipalName, row.userPrincipalName], [title.mail, row.mail],
        [title.account, account?.dn ?? row.account ?? texts.guests.noAccount], [texts.guests.accountName, account === null ? null : textOf(account.attributes, 'sAMAccountName')],
        [texts.guests.id, row.id],
      ]} />
      {pending !== null && (
        <>
          <h3 className={styles.pending}>{texts.guests.pending} <KindBadge kind={pending.change.kind} /></h3>
          <AttributeDifferences attributes={pending.change.attributes} />
        </>
      )}
    </>
  )
}
