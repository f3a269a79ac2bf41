import { Button, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, Title3, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ShownObject } from '../../../../shared/api/contract.ts'
import { textOf } from '../../../../shared/domain/attributes.ts'
import { describeDisconnector, describeReason, describeSkip } from '../../../../shared/domain/describeReason.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { AttributeDifferences } from '../../ui/AttributeDifferences.tsx'
import { KindBadge } from '../../ui/kinds.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ConnectorSpaceCard } from './ConnectorSpaceCard.tsx'
import { Decisions } from './Decisions.tsx'
import { History } from './History.tsx'
import { PersonAttributes } from './PersonAttributes.tsx'

const useStyles = makeStyles({
  page: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  title: { margin: 0, overflowWrap: 'anywhere' },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  spaces: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  sentence: { overflowWrap: 'anywhere' },
  heading: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, margin: 0, fontSize: tokens.fontSizeBase300 },
})

/** One person with both ends side by side; or one end alone, where nobody stands behind it. */
export function ObjectPage({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('objects.show', { id })
  const history = useAnswer('objects.history', { id })
  if (shown.status === 'loading') return <Skeleton aria-label={texts.list.loading} className={styles.page}><SkeletonItem size={32} /><SkeletonItem size={128} /><SkeletonItem size={128} /></Skeleton>
  if (shown.status === 'failed') return <div className={styles.page}><ProblemMessage problem={shown.problem} /></div>
  const { guest, account, person, pending, disconnectors } = shown.value
  const linkOf = (connector: 'entra' | 'ad') => person?.links.find((link) => link.connector === connector) ?? null
  return (
    <section className={styles.page} aria-label={texts.metaverse.object}>
      <div>
        <Title3 as="h2" className={styles.title}><bdi>{nameOf(shown.value) ?? id}</bdi></Title3>
        <div className={styles.id}>{person?.id ?? id}</div>
      </div>
      {disconnectors.map(({ connector, reason }) => <MessageBar key={connector} intent="warning" layout="multiline"><MessageBarBody>{texts.metaverse.noPerson} {texts.guests.because(describeDisconnector(reason))}</MessageBarBody></MessageBar>)}
      <div className={styles.actions} role="group" aria-label={texts.guests.actions}>
        <Button appearance="primary" onClick={() => navigate('preview', { id: person?.id ?? id })}>{texts.metaverse.preview}</Button>
        {guest !== null && <Button onClick={() => navigate('guests', { selected: guest.anchor, detail: 'open' })}>{texts.metaverse.guest}</Button>}
      </div>
      {person !== null && <Pending shown={shown.value} />}
      <div className={styles.spaces}>
        <ConnectorSpaceCard title={texts.metaverse.inEntra} object={guest} origin={linkOf('entra')?.origin ?? null} none={texts.metaverse.noGuest} />
        <ConnectorSpaceCard title={texts.metaverse.inDirectory} object={account} origin={linkOf('ad')?.origin ?? null} none={texts.metaverse.noAccount}>
          {account !== null && <Decisions account={account} isJoined={person !== null} />}
        </ConnectorSpaceCard>
      </div>
      {pending !== null && <><h3 className={styles.heading}>{texts.changes.differences}</h3><AttributeDifferences attributes={pending.change.attributes} /></>}
      {person !== null && <PersonAttributes person={person} since={history.status === 'ready' || history.status === 'refreshing' ? history.value.since : {}} />}
      <History history={history} />
    </section>
  )
}

function Pending({ shown: { pending, skip } }: { readonly shown: ShownObject }): ReactNode {
  const styles = useStyles()
  if (pending === null) return <div className={styles.sentence}>{skip === null ? texts.metaverse.nothingPending : texts.metaverse.noChangeBecause(describeSkip(skip))}</div>
  const { change } = pending
  return (
    <>
      <h3 className={styles.heading}>{texts.metaverse.pending} <KindBadge kind={change.kind} /> <Button size="small" onClick={() => navigate('changes', { selected: change.metaverseId })}>{texts.metaverse.change}</Button></h3>
      <div className={styles.sentence}>{texts.changes.because(describeReason(change.reason), change.rule)}</div>
      {change.kind !== 'create' && change.newDn !== null && <div className={styles.id}>{change.dn} → {change.newDn}</div>}
    </>
  )
}

function nameOf({ person, guest, account }: ShownObject): string | null {
  const value = person?.attributes['displayName']?.values[0]
  if (value !== undefined) return String(value)
  const end = guest ?? account
  return end === null ? null : (textOf(end.attributes, 'displayName') ?? end.dn)
}
