import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  card: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', alignContent: 'start', gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL, backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  title: { margin: 0 },
  about: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '90ch' },
})

/** One subject of the settings, with one line that says what it is for. */
export function SettingsCard({ title, about, children }: { readonly title: string; readonly about: string; readonly children: ReactNode }): ReactNode {
  const styles = useStyles()
  return (
    <section className={styles.card} aria-label={title}>
      <div><Subtitle2 as="h2" className={styles.title}>{title}</Subtitle2><p className={styles.about}>{about}</p></div>
      {children}
    </section>
  )
}
