import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { ConnectorObject } from '../../../../shared/domain/connectorObject.ts'
import type { LinkOrigin } from '../../../../shared/domain/metaverse.ts'
import { texts } from '../../texts.ts'
import { Facts } from '../../ui/Facts.tsx'

const useStyles = makeStyles({
  card: { border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, padding: tokens.spacingHorizontalM, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  title: { margin: 0, fontSize: tokens.fontSizeBase300 },
  dn: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})

/** So many attributes are read at a glance; the others are one key away. */
const glance = 12

type ConnectorSpaceCardProps = { readonly title: string; readonly object: ConnectorObject | null; readonly origin: LinkOrigin | null; readonly none: string; readonly children?: ReactNode }

/** An object as the last import saw it, and how it came to its person. */
export function ConnectorSpaceCard({ title, object, origin, none, children }: ConnectorSpaceCardProps): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  if (object === null) return <section className={styles.card} aria-label={title}><h3 className={styles.title}>{title}</h3><span className={styles.quiet}>{none}</span></section>
  const all = Object.entries(object.attributes).toSorted(([left], [right]) => left.localeCompare(right)).map(([name, values]) => [name, values.map(String).join(' | ')] as const)
  return (
    <section className={styles.card} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.dn}><bdi>{object.dn ?? object.anchor}</bdi></div>
      {origin !== null && <div className={styles.quiet}><bdi>{describeOrigin(origin)}</bdi></div>}
      {children}
      <Facts names="attributes" facts={isOpen ? all : all.slice(0, glance)} />
      {all.length > glance && <div><Link as="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? texts.metaverse.fewerAttributes : texts.metaverse.moreAttributes(all.length - glance)}</Link></div>}
    </section>
  )
}

function describeOrigin(origin: LinkOrigin): string {
  switch (origin.kind) {
    case 'projected': return texts.metaverse.origin.projected(origin.rule)
    case 'joined': return texts.metaverse.origin.joined(origin.rule, origin.criterion, origin.value)
    case 'provisioned': return texts.metaverse.origin.provisioned(origin.rule)
    default: return assertNever(origin)
  }
}
