import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RemedyWrite } from '../../../../shared/domain/readiness.ts'
import { readinessTexts } from '../../texts/readiness.ts'

const words = readinessTexts.apply

const useStyles = makeStyles({
  writes: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'grid', gap: tokens.spacingVerticalM },
  kind: { fontWeight: tokens.fontWeightSemibold },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  entries: { margin: 0, paddingLeft: tokens.spacingHorizontalL },
  sddl: { display: 'block', color: tokens.colorNeutralForeground2 },
})

/** Each object that would be written, in words, and access lists also as they are stored. */
export function RemedyWrites({ writes }: { readonly writes: readonly RemedyWrite[] }): ReactNode {
  const styles = useStyles()
  return (
    <ol className={styles.writes}>
      {writes.map((write, index) => (
        <li key={index}><span className={styles.kind}>{words.kinds[write.kind]}</span> <bdi className={styles.code}>{write.dn}</bdi><Particulars write={write} /></li>
      ))}
    </ol>
  )
}

function Particulars({ write }: { readonly write: RemedyWrite }): ReactNode {
  const styles = useStyles()
  switch (write.kind) {
    case 'organizationalUnit': return null
    case 'ownership': return <div>{words.owner(write.owner)}</div>
    case 'rights': return (
      <>
        {' '}{words.to(write.trustee)}
        <ul className={styles.entries}>{write.entries.map(({ sddl, words: meaning }) => <li key={sddl}>{meaning}<code className={styles.code}><span className={styles.sddl}>{sddl}</span></code></li>)}</ul>
      </>
    )
  }
}
