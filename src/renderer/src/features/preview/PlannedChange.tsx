import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Preview } from '../../../../shared/api/contract.ts'
import type { Change } from '../../../../shared/domain/change.ts'
import { describeUndo } from '../../../../shared/domain/describeReason.ts'
import { sidImpact } from '../../../../shared/domain/sidImpact.ts'
import { texts } from '../../texts.ts'
import { AttributeDifferences } from '../../ui/AttributeDifferences.tsx'
import { KindBadge } from '../../ui/kinds.tsx'
import { Ldif } from './Ldif.tsx'
import { LiveChecks } from './LiveChecks.tsx'

const useStyles = makeStyles({
  card: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM, minWidth: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
  head: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  dn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

/** What would be written for this person, what the directory says to it just now, and the same as LDIF. */
export function PlannedChange({ preview: { change, checks } }: { readonly preview: Preview }): ReactNode {
  const styles = useStyles()
  return (
    <section className={styles.card} aria-labelledby="change">
      <h2 id="change" className={styles.title}>{texts.preview.change}</h2>
      {change === null ? <p className={styles.none}>{texts.preview.noChange}</p> : (
        <>
          <ChangeHead change={change.change} />
          <LiveChecks checks={checks} />
          <AttributeDifferences attributes={change.change.attributes} />
          <Ldif text={change.ldif} />
        </>
      )}
    </section>
  )
}

const sidColors = { kept: 'success', new: 'informative', lost: 'danger' } as const

function ChangeHead({ change }: { readonly change: Change }): ReactNode {
  const styles = useStyles()
  const impact = sidImpact(change)
  return (
    <>
      <div className={styles.head}>
        <KindBadge kind={change.kind} />
        <Badge appearance="tint" color={sidColors[impact]}>{texts.changes.sid[impact]}</Badge>
        <Badge appearance="outline">{texts.changes.undo(describeUndo(change.undo))}</Badge>
      </div>
      <div className={styles.dn}><bdi>{change.dn}</bdi>{change.kind !== 'create' && change.newDn !== null && <> → <bdi>{change.newDn}</bdi></>}</div>
    </>
  )
}
