import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import { texts } from '../../texts.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { GuestStateBadge } from '../../ui/guestStates.tsx'

export const columnNames = ['displayName', 'state', 'company', 'why', 'userPrincipalName', 'mail', 'account'] as const
export type ColumnName = (typeof columnNames)[number]

type ColumnChoice = { readonly shown: readonly ColumnName[] }

/** The choice is the person's, not the address's: a link that is sent on does not bring its columns along. */
export const useColumnChoice = create<ColumnChoice>()(persist((): ColumnChoice => ({ shown: ['displayName', 'state', 'company', 'why'] }), { name: 'guestbridge.guests.columns' }))

/** The name always stays: a row without it says of nobody what it says. */
export function chooseColumns(names: readonly string[]): void {
  useColumnChoice.setState({ shown: columnNames.filter((name) => name === 'displayName' || names.includes(name)) })
}

const useStyles = makeStyles({
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
  name: { fontWeight: tokens.fontWeightSemibold },
})

function Name({ row }: { readonly row: GuestRow }): ReactNode {
  const styles = useStyles()
  return <bdi className={styles.name} title={row.displayName ?? undefined}>{row.displayName ?? texts.guests.noName}</bdi>
}

function Words({ text }: { readonly text: string | null }): ReactNode {
  const styles = useStyles()
  return text === null ? <NoValue /> : <bdi className={styles.quiet} title={text}>{text}</bdi>
}

function Code({ text }: { readonly text: string | null }): ReactNode {
  const styles = useStyles()
  return text === null ? <NoValue /> : <bdi className={styles.code} title={text}>{text}</bdi>
}

function NoValue(): ReactNode {
  const styles = useStyles()
  return <span className={styles.quiet} role="img" aria-label={texts.table.noValue}>∅</span>
}

const title = texts.guests.column

/** Every column that can be chosen. The reason is a sentence, in whose order nobody looks for anything. */
const columns: Readonly<Record<ColumnName, Omit<Column<GuestRow>, 'name'>>> = {
  displayName: { title: title.displayName, width: 150, share: 3, isSortable: true, render: (row) => <Name row={row} /> },
  state: { title: title.state, width: 158, share: 0.1, isSortable: true, render: (row) => <GuestStateBadge state={row.state} /> },
  company: { title: title.company, width: 110, share: 2, isSortable: true, render: (row) => <Words text={row.company} /> },
  why: { title: title.why, width: 180, share: 5, isSortable: false, render: (row) => <Words text={row.why} /> },
  userPrincipalName: { title: title.userPrincipalName, width: 240, share: 4, isSortable: true, render: (row) => <Code text={row.userPrincipalName} /> },
  mail: { title: title.mail, width: 200, share: 3, isSortable: true, render: (row) => <Code text={row.mail} /> },
  account: { title: title.account, width: 260, share: 4, isSortable: true, render: (row) => <Code text={row.account} /> },
}

export function chosenColumns(shown: readonly ColumnName[]): readonly Column<GuestRow>[] {
  return columnNames.filter((name) => shown.includes(name)).map((name) => ({ name, ...columns[name] }))
}
