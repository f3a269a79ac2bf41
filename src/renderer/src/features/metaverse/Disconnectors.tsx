import type { ReactNode } from 'react'
import type { DisconnectorRow } from '../../../../shared/api/windowCalls.ts'
import { usePages, type LoadPage } from '../../app/usePages.ts'
import { texts } from '../../texts.ts'
import { disconnectorColumns } from './personColumns.tsx'
import { TableOfPages } from './TableOfPages.tsx'
import { succeed } from '../../../../shared/domain/result.ts'

const pageSize = 200

/** Accounts without a person first, because those are what somebody can do something about; then the guests. */
const load: LoadPage<DisconnectorRow> = async (client, after, signal) => {
  const [connector, anchor] = after === null ? ['ad', null] : after.startsWith('ad:') ? ['ad', after.slice(3)] : ['entra', after.slice('entra:'.length)]
  const page = await client.call('disconnectors.page', { connector, after: anchor === '' ? null : anchor, limit: pageSize }, signal)
  if (!page.ok) return page
  const { rows, next } = page.value
  if (next !== null) return succeed({ rows, next: `${connector}:${next}` })
  return succeed({ rows, next: connector === 'ad' ? 'entra:' : null })
}

/** What of both systems belongs to nobody. */
export function Disconnectors(): ReactNode {
  return <TableOfPages pages={usePages(load)} columns={disconnectorColumns} label={texts.metaverse.tabs.left} keyOf={(row) => row.anchor} none={texts.metaverse.noneLeft} />
}
