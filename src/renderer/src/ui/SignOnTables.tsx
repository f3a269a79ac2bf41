import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { LoginIdentity } from '../../../shared/domain/delegation.ts'
import type { GuestSignOn } from '../../../shared/domain/guestSignOn.ts'
import { writeRoute } from '../app/route.ts'
import { delegationTexts } from '../texts/delegation.ts'
import { SignOnBadge } from './findingState.tsx'

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  cell: { textAlign: 'start', verticalAlign: 'top', padding: tokens.spacingVerticalXS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, fontWeight: tokens.fontWeightRegular, overflowWrap: 'anywhere' },
  heading: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  state: { width: '112px' },
  name: { width: '24%' },
  why: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
})

/** Each application with the reason that weighs most, then what each of the five mappings would hand to the domain controller. */
export function SignOnTables({ signOn: { applications, identities } }: { readonly signOn: GuestSignOn }): ReactNode {
  const styles = useStyles()
  const words = delegationTexts.signOn
  const heading = mergeClasses(styles.cell, styles.heading)
  if (applications.length === 0) return <p>{words.noApplications}</p>
  return (
    <>
      <table className={styles.table} aria-label={words.perApplication}>
        <thead><tr><th scope="col" className={mergeClasses(heading, styles.name)}>{words.application}</th><th scope="col" className={mergeClasses(heading, styles.state)}>{words.state}</th><th scope="col" className={heading}>{words.why}</th></tr></thead>
        <tbody>{applications.map(({ id, name, state, findings }) => (
          <tr key={id}>
            <th scope="row" className={styles.cell}><Link href={writeRoute({ screen: 'delegation', parameters: { application: id, of: 'guests', detail: 'open' } })}>{name}</Link></th>
            <td className={styles.cell}><SignOnBadge state={state} /></td>
            <td className={mergeClasses(styles.cell, styles.why)}><bdi>{findings[0]?.message ?? words.allFine}</bdi></td>
          </tr>
        ))}</tbody>
      </table>
      <table className={styles.table} aria-label={words.identities}>
        <thead><tr><th scope="col" className={mergeClasses(heading, styles.name)}>{words.mapping}</th><th scope="col" className={heading}>{words.identity}</th><th scope="col" className={heading}>{words.leads}</th></tr></thead>
        <tbody>{identities.map((identity) => (
          <tr key={identity.mapping}>
            <th scope="row" className={styles.cell}>{delegationTexts.mappings[identity.mapping]}</th>
            <td className={mergeClasses(styles.cell, styles.code)}><bdi>{identity.identity ?? words.nothing}</bdi></td>
            <td className={styles.cell}>{leadsTo(identity)}</td>
          </tr>
        ))}</tbody>
      </table>
    </>
  )
}

function leadsTo({ resolvesTo, accounts }: LoginIdentity): string {
  const words = delegationTexts.signOn.leadsTo[resolvesTo]
  return resolvesTo === 'anotherAccount' || resolvesTo === 'several' ? `${words}: ${accounts.join('; ')}` : words
}
