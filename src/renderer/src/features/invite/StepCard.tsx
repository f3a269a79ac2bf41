import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'

const useStyles = makeStyles({
  card: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge, '& > *': { maxWidth: '100%' } },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
})

/** One step of the way. */
export function StepCard({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const styles = useStyles()
  const heading = useId()
  return <section className={styles.card} aria-labelledby={heading}><h2 id={heading} className={styles.title}>{title}</h2>{children}</section>
}
