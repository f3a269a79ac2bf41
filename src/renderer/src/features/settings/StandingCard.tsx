import { Button, makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { StandingShown } from '../../../../shared/api/unattendedCalls.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import type { StandingApproval } from '../../../../shared/domain/standingApproval.ts'
import { useAnswer } from '../../app/service.tsx'
import { useJobRequest } from '../../app/useRequest.ts'
import { valueOf } from '../../app/valueOf.ts'
import { formatInstant, texts } from '../../texts.ts'
import { scheduleTexts } from '../../texts/schedule.ts'
import { Facts } from '../../ui/Facts.tsx'
import { wordOfKind } from '../../ui/kinds.tsx'
import { NoteDialog } from '../../ui/NoteDialog.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { GiveStanding } from './GiveStanding.tsx'
import { SettingsCard } from './SettingsCard.tsx'

const words = scheduleTexts.standing

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  text: { margin: 0 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
})

/** What the scheduled cycle may write by itself: who allowed it, within which limits, and what it lacks for the present plan. */
export function StandingCard(): ReactNode {
  const styles = useStyles()
  const asked = useAnswer('standing.show', {})
  const [isGiving, setGiving] = useState(false)
  const shown = valueOf(asked)
  const approval = shown?.approval ?? null
  return (
    <SettingsCard title={words.title} about={words.about}>
      {asked.status === 'failed' && <ProblemMessage problem={asked.problem} />}
      {asked.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={48} /></Skeleton>}
      {shown !== null && (approval === null ? <p className={styles.text}>{words.none}</p> : <Given approval={approval} uncovered={shown.uncovered} />)}
      <div className={styles.actions}>
        <Button onClick={() => setGiving(true)}>{approval === null ? words.give : words.giveAnew}</Button>
        {approval !== null && <Withdraw />}
      </div>
      <GiveStanding isOpen={isGiving} former={approval} onClose={() => setGiving(false)} />
    </SettingsCard>
  )
}

function Given({ approval, uncovered }: { readonly approval: StandingApproval; readonly uncovered: StandingShown['uncovered'] }): ReactNode {
  const styles = useStyles()
  const limits = changeKinds.flatMap((kind) => { const limit = approval.limits[kind] ?? 0; return limit === 0 ? [] : [words.atMost(limit, wordOfKind(kind))] })
  const isCovered = uncovered.length === 0
  return (
    <>
      <Facts facts={[[words.by, approval.givenBy], [words.at, formatInstant(approval.givenAt)], [words.until, formatInstant(approval.until)], [words.limits, limits.join(', ')], [words.note, approval.note]]} />
      <MessageBar intent={isCovered ? 'success' : 'warning'} layout="multiline"><MessageBarBody>{isCovered ? words.covers : <>{words.uncovered}<ul className={styles.list}>{uncovered.map((why) => <li key={why}>{why}</li>)}</ul></>}</MessageBarBody></MessageBar>
    </>
  )
}

function Withdraw(): ReactNode {
  const withdrawing = useJobRequest('standing.withdraw')
  return <NoteDialog trigger={words.withdraw} title={words.withdrawTitle} about={words.withdrawAbout} confirm={words.withdrawNow} notNow={words.notNow} label={words.noteLabel} request={withdrawing} inputOf={(note) => ({ note })} />
}
