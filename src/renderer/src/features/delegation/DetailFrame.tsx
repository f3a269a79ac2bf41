import { makeStyles, Title3, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'

const useStyles = makeStyles({
  frame: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { margin: 0, overflowWrap: 'anywhere' },
  part: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS, justifyItems: 'stretch' },
  partTitle: { margin: 0, fontSize: tokens.fontSizeBase300 },
})

/** What stands beside the map: a title with its state, and parts below. */
export function DetailFrame({ title, beside, children }: { readonly title: string; readonly beside?: ReactNode; readonly children: ReactNode }): ReactNode {
  const styles = useStyles()
  const heading = useId()
  return (
    <section className={styles.frame} aria-labelledby={heading}>
      <div className={styles.head}><Title3 as="h2" id={heading} className={styles.title} tabIndex={-1}><bdi>{title}</bdi></Title3>{beside}</div>
      {children}
    </section>
  )
}

export function DetailPart({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const styles = useStyles()
  const heading = useId()
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h3 id={heading} className={styles.partTitle}>{title}</h3>
      {children}
    </section>
  )
}
