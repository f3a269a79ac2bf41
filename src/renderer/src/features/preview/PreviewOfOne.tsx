import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Explanation } from '../../../../shared/domain/decision.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ApprovedExport } from '../../ui/ApprovedExport.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { planOfOne } from '../../ui/planOfOne.ts'
import { SignOnOfGuest } from '../../ui/SignOnOfGuest.tsx'
import { Verdict } from '../../ui/Verdict.tsx'
import { PlannedChange } from './PlannedChange.tsx'
import { Story } from './Story.tsx'

const useStyles = makeStyles({
  body: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalL}`, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  columns: { display: 'grid', alignItems: 'start', gap: tokens.spacingHorizontalM, gridTemplateColumns: 'minmax(0, 1fr)', '@media (min-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' } },
  card: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, padding: tokens.spacingHorizontalL },
  waiting: { color: tokens.colorNeutralForeground2, margin: 0 },
})

/** Story, change and checks of one person, and the approval of this one change in place. */
export function PreviewOfOne({ id }: { readonly id: string }): ReactNode {
  const styles = useStyles()
  const preview = useAnswer('preview', { id })
  const shown = preview.status === 'ready' || preview.status === 'refreshing' ? preview.value : null
  const person = shown === null ? null : personIn(shown.explanation)
  const guest = shown === null ? null : guestIn(shown.explanation)
  return (
    <>
      <ScreenHeader title={shown === null ? texts.screens.preview : texts.preview.of(nameIn(shown.explanation) ?? id)}>
        {person !== null && <Button onClick={() => navigate('metaverse', { selected: person, detail: 'open' })}>{texts.guests.seePerson}</Button>}
        <Button onClick={() => navigate('preview')}>{texts.preview.another}</Button>
      </ScreenHeader>
      <div className={styles.body} aria-busy={preview.status !== 'ready'}>
        {preview.status === 'failed' && <ProblemMessage problem={preview.problem} />}
        {preview.status === 'loading' && <Waiting />}
        {shown !== null && <Verdict explanation={shown.explanation} change={shown.change?.change ?? null} />}
        {/* Stays where it is while the preview is read again, so that what came of the approval stays on the screen. */}
        <ApprovedExport call="plan.provision" input={{ id }} trigger={texts.preview.provision} title={texts.preview.provisionTitle} plan={shown === null ? null : planOfOne(shown)} />
        {shown !== null && <div className={styles.columns}><Story steps={shown.explanation.steps} /><PlannedChange preview={shown} /></div>}
        {guest !== null && <div className={styles.card}><SignOnOfGuest guest={guest} /></div>}
      </div>
    </>
  )
}

function Waiting(): ReactNode {
  const styles = useStyles()
  return (
    <Skeleton aria-label={texts.list.loading} className={styles.body}>
      <p className={styles.waiting} role="status">{texts.preview.reading}</p>
      <SkeletonItem size={40} />
      <div className={styles.columns}><SkeletonItem size={128} /><SkeletonItem size={128} /></div>
    </Skeleton>
  )
}

/** What people call the object: as it was found first. */
function nameIn({ steps }: Explanation): string | null {
  for (const step of steps) if (step.kind === 'found') return step.name
  return null
}

/** Entra id; null where there is no guest, only an account. */
function guestIn({ steps }: Explanation): string | null {
  for (const step of steps) if (step.kind === 'found' && step.connector === 'entra') return step.anchor
  return null
}

/** Null where the object has no person: joins and decisions about it are made in the metaverse. */
function personIn({ steps }: Explanation): string | null {
  for (const step of steps) if (step.kind === 'metaverse') return step.id
  return null
}
