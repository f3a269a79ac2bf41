import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import { texts } from '../../texts.ts'
import { KindBadge } from '../../ui/kinds.tsx'

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%', minWidth: 0 },
  who: { flexGrow: 1, minWidth: 0 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  count: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
})

export function ChangeListRow({ row }: { readonly row: ChangeRow }): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.row}>
      <KindBadge kind={row.kind} />
      <div className={styles.who}>
        <div className={styles.line}><bdi>{row.displayName ?? row.dn}</bdi></div>
        <div className={`${styles.line} ${styles.second}`}>{[row.company, row.why].filter((part) => part !== null).join(' · ')}</div>
      </div>
      <span className={styles.count}>{texts.changes.attributes(row.attributes.length)}</span>
    </div>
  )
}
