import { useEffect, useState } from 'react'
import type { ShownObject } from '../../../shared/api/contract.ts'
import type { GuestRow } from '../../../shared/domain/guestRow.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Client } from './client.ts'
import { ofError, useClient } from './service.tsx'

export type Found = { readonly guests: readonly GuestRow[]; readonly persons: readonly MetaverseObject[]; /** An account or guest without person, named exactly. */ readonly alone: ShownObject | null }
export type PaletteSearch = { readonly status: 'idle' | 'searching' | 'ready'; readonly found: Found } | { readonly status: 'failed'; readonly problem: Problem }

const nothing: Found = { guests: [], persons: [], alone: null }
/** So many of each kind: who is not among them is found by typing more. */
const offered = 6
/** Milliseconds between two keys of somebody who types: asking in between would answer nobody. */
const pause = 60

/** Who is meant by what was typed so far. */
export function usePaletteSearch(text: string): PaletteSearch {
  const client = useClient()
  const [search, setSearch] = useState<PaletteSearch>({ status: 'idle', found: nothing })
  useEffect(() => {
    if (text === '') return setSearch({ status: 'idle', found: nothing })
    const cancel = new AbortController()
    setSearch((before) => ({ status: 'searching', found: before.status === 'failed' ? nothing : before.found }))
    const timer = setTimeout(() => {
      find(client, text, cancel.signal).then(
        (result) => { if (!cancel.signal.aborted) setSearch(result.ok ? { status: 'ready', found: result.value } : { status: 'failed', problem: result.problem }) },
        (error: unknown) => { if (!cancel.signal.aborted) setSearch({ status: 'failed', problem: ofError(error) }) },
      )
    }, pause)
    return () => {
      clearTimeout(timer)
      cancel.abort()
    }
  }, [client, text])
  return search
}

async function find(client: Client, text: string, signal: AbortSignal): Promise<Result<Found, Problem>> {
  const [guests, persons, shown] = await Promise.all([
    findGuests(client, text), client.call('metaverse.search', { clauses: [], text, after: null, limit: offered }, signal), client.call('objects.show', { id: text }, signal),
  ])
  if (!guests.ok) return guests
  if (!persons.ok) return persons
  // That nobody is called exactly so is the usual case, not a failure.
  const alone = shown.ok && shown.value.person === null ? shown.value : null
  return { ok: true, value: { guests: guests.value, persons: persons.value.objects, alone } }
}

async function findGuests(client: Client, text: string): Promise<Result<readonly GuestRow[], Problem>> {
  const opened = await client.call('views.open', { list: 'guests', text, facets: {}, sort: { column: 'displayName', direction: 'ascending' }, first: offered })
  if (!opened.ok) return opened
  const { view, rows } = opened.value
  await client.call('views.close', { view })
  // The service answers rows of the list that was opened.
  return { ok: true, value: rows as readonly GuestRow[] }
}
