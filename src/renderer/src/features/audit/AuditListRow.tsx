import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { AuditRow } from '../../../../shared/api/windowCalls.ts'
import { formatAgo, formatInstant } from '../../texts.ts'
import { asSentence } from '../../ui/asSentence.ts'
import { iconOfAction, wordOfAction } from './actionWords.tsx'

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr) auto', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%' },
  icon: { display: 'flex', fontSize: '20px', color: tokens.colorNeutralForeground2 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  hash: { fontFamily: tokens.fontFamilyMonospace },
})

export function AuditListRow({ row }: { readonly row: AuditRow }): ReactNode {
  const styles = useStyles()
  return (
    <div className={styles.row}>
      <span className={styles.icon} aria-hidden>{iconOfAction(row.action)}</span>
      <div className={styles.line}>
        <div className={styles.line}>{asSentence(wordOfAction(row.action))}</div>
        <div className={mergeClasses(styles.line, styles.second)}><bdi>{row.actor}</bdi>{row.planHash !== null && <> · <span className={styles.hash}>{row.planHash.slice(0, 12)}</span></>}</div>
      </div>
      {row.at !== '' && <span className={styles.second} title={formatInstant(row.at)}>{formatAgo(row.at, Date.now())}</span>}
    </div>
  )
}
