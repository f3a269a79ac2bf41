import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  // Four panels stand before it: with three columns it fills the second row, else it has a row of its own.
  wide: { gridColumn: '1 / -1', '@media (min-width: 1300px) and (max-width: 1640px)': { gridColumn: 'auto / span 2' } },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  about: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
})

type PanelProps = { readonly title: string; readonly about: string; readonly width: 'column' | 'row'; readonly children: ReactNode }

/** One question that the overview answers. */
export function Panel({ title, about, width, children }: PanelProps): ReactNode {
  const styles = useStyles()
  const heading = useId()
  return (
    <section className={mergeClasses(styles.panel, width === 'row' && styles.wide)} aria-labelledby={heading}>
      <div><h2 id={heading} className={styles.title}>{title}</h2><p className={styles.about}>{about}</p></div>
      {children}
    </section>
  )
}
