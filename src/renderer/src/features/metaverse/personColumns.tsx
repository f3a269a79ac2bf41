import { Badge, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DisconnectorRow } from '../../../../shared/api/windowCalls.ts'
import type { PersonRow } from '../../../../shared/domain/listRows.ts'
import { texts } from '../../texts.ts'
import type { Column } from '../../ui/DataTable.tsx'

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  entra: { color: tokens.colorNeutralForeground1 },
  ad: { color: tokens.colorNeutralForeground1 },
  badges: { display: 'inline-flex', gap: tokens.spacingHorizontalXS },
})

function Cell({ text, look }: { readonly text: string | null; readonly look: 'name' | 'quiet' | 'code' }): ReactNode {
  const styles = useStyles()
  if (text === null) return <span className={styles.quiet} role="img" aria-label={texts.table.noValue}>∅</span>
  return <bdi className={styles[look]} title={text}>{text}</bdi>
}

function Connectors({ names }: { readonly names: readonly ('entra' | 'ad')[] }): ReactNode {
  const styles = useStyles()
  return <span className={styles.badges}>{names.map((name) => <Badge key={name} appearance="outline" className={styles[name]}>{texts.metaverse.connectors[name]}</Badge>)}</span>
}

const { displayName, company, userPrincipalName, why } = texts.guests.column

/** `sortable`: a list that stays in the service can be put in order, the pages of a search cannot. */
export function personColumns(sortable: 'sortable' | 'inOrderOfIds'): readonly Column<PersonRow>[] {
  const isSortable = sortable === 'sortable'
  return [
    { name: 'displayName', title: displayName, width: 140, share: 3, isSortable, render: (row) => <Cell look="name" text={row.displayName ?? row.metaverseId} /> },
    { name: 'company', title: company, width: 90, share: 2, isSortable, render: (row) => <Cell look="quiet" text={row.company} /> },
    { name: 'connectors', title: texts.facets.names['connectors'] ?? '', width: 180, share: 1, isSortable: false, render: (row) => <Connectors names={row.connectors} /> },
    { name: 'userPrincipalName', title: userPrincipalName, width: 160, share: 4, isSortable, render: (row) => <Cell look="code" text={row.userPrincipalName} /> },
  ]
}

export const disconnectorColumns: readonly Column<DisconnectorRow>[] = [
  { name: 'name', title: texts.guests.column.displayName, width: 150, share: 3, isSortable: false, render: (row) => <Cell look="name" text={row.displayName ?? row.dn ?? row.anchor} /> },
  { name: 'connector', title: texts.facets.names['connectors'] ?? '', width: 130, share: 1, isSortable: false, render: (row) => <Connectors names={[row.connector]} /> },
  { name: 'why', title: why, width: 220, share: 5, isSortable: false, render: (row) => <Cell look="quiet" text={row.why} /> },
]
