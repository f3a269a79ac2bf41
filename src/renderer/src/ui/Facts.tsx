import { makeStyles, tokens } from '@fluentui/react-components'
import { Fragment, type ReactNode } from 'react'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'minmax(90px, max-content) minmax(0, 1fr)', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', lineHeight: tokens.lineHeightBase300 },
})

/** What is known of an object, name beside value; what has no value is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, string | null])[] }): ReactNode {
  const styles = useStyles()
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (value === null ? null : <Fragment key={name}><dt className={styles.name}>{name}</dt><dd className={styles.value}><bdi>{value}</bdi></dd></Fragment>))}
    </dl>
  )
}
