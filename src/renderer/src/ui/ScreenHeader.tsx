import { makeStyles, Title3, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  header: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  title: { margin: 0 },
  about: { color: tokens.colorNeutralForeground2 },
  actions: { marginLeft: 'auto', display: 'flex', gap: tokens.spacingHorizontalS },
})

/** Title, one line about it, and the commands of the screen: one primary action, the rest quiet. */
export function ScreenHeader({ title, about, children }: { readonly title: string; readonly about?: ReactNode; readonly children?: ReactNode }): ReactNode {
  const styles = useStyles()
  return (
    <header className={styles.header}>
      <Title3 as="h1" className={styles.title}>{title}</Title3>
      {about !== undefined && <span className={styles.about}>{about}</span>}
      <div className={styles.actions}>{children}</div>
    </header>
  )
}
