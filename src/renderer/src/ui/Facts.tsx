import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Fragment, type ReactNode } from 'react'

const useStyles = makeStyles({
  facts: { display: 'grid', gridTemplateColumns: 'fit-content(45%) minmax(0, 1fr)', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, margin: 0 },
  name: { color: tokens.colorNeutralForeground2 },
  attribute: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300, overflowWrap: 'anywhere' },
  value: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere', lineHeight: tokens.lineHeightBase300 },
})

type FactsProps = {
  /** Names of attributes stand in the face of code. */
  readonly names?: 'words' | 'attributes'
  readonly facts: readonly (readonly [string, string | null])[]
}

/** What is known of an object, name beside value; what has no value is left out. */
export function Facts({ names = 'words', facts }: FactsProps): ReactNode {
  const styles = useStyles()
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (value === null ? null : <Fragment key={name}><dt className={mergeClasses(styles.name, names === 'attributes' && styles.attribute)}>{name}</dt><dd className={styles.value}><bdi>{value}</bdi></dd></Fragment>))}
    </dl>
  )
}
