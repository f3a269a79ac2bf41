import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { refine } from '../../app/route.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({
  filter: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  hash: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

/** Only what happened to one plan: its approval, its export. */
export function PlanFilter({ plan }: { readonly plan: string }): ReactNode {
  const styles = useStyles()
  return <div className={styles.filter}><span className={styles.hash}>{texts.audit.ofPlan(plan)}</span><Button size="small" onClick={() => refine({ plan: null })}>{texts.audit.allPlans}</Button></div>
}
