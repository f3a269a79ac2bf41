import { Button, makeStyles, Radio, RadioGroup, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { UndoPlanShown } from './UndoPlanShown.tsx'

const useStyles = makeStyles({
  undo: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: tokens.spacingVerticalM },
  about: { margin: 0 },
  label: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  wide: { width: '100%', display: 'grid', gap: tokens.spacingVerticalS },
})

type Created = 'disabled' | 'deleted'

/** The way back from an export: shown first, asked for in words, then a plan that is approved like any other. */
export function Undo({ run }: { readonly run: number }): ReactNode {
  const styles = useStyles()
  const asked = useRoute((state) => state.route.parameters['undo'])
  const isOpen = asked === 'disabled' || asked === 'deleted'
  return (
    <div className={styles.undo}>
      <p className={styles.about}>{texts.runs.undoAbout}</p>
      <Button aria-expanded={isOpen} onClick={() => refine({ undo: isOpen ? null : 'disabled' })}>{isOpen ? texts.runs.undoHide : texts.runs.undoShow}</Button>
      {isOpen && <UndoOf run={run} created={asked} />}
    </div>
  )
}

function UndoOf({ run, created }: { readonly run: number; readonly created: Created }): ReactNode {
  const styles = useStyles()
  const undone = useAnswer('plan.undo', { run, created, path: null })
  return (
    <>
      <p id="undo-created" className={styles.label}>{texts.runs.undoCreated}</p>
      <RadioGroup aria-labelledby="undo-created" value={created} onChange={(_event, data) => refine({ undo: data.value })}>
        <Radio value="disabled" label={texts.runs.created.disabled} />
        <Radio value="deleted" label={texts.runs.created.deleted} />
      </RadioGroup>
      {undone.status === 'loading' && <Skeleton className={styles.wide} aria-label={texts.list.loading}><span role="status">{texts.runs.undoReading}</span><SkeletonItem size={64} /></Skeleton>}
      {undone.status === 'failed' && <ProblemMessage problem={undone.problem} />}
      {undone.status !== 'loading' && undone.status !== 'failed' && <UndoPlanShown run={run} created={created} undone={undone.value} isCurrent={undone.status === 'ready'} />}
    </>
  )
}
