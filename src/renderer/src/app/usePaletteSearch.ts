import { useEffect, useState } from 'react'
import type { ShownObject } from '../../../shared/api/contract.ts'
import type { ViewList, ViewRows } from '../../../shared/api/views.ts'
import type { GuestRow } from '../../../shared/domain/guestRow.ts'
import type { PersonRow } from '../../../shared/domain/listRows.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Client } from './client.ts'
import { ofError, useClient } from './service.tsx'

export type Found = { readonly guests: readonly GuestRow[]; readonly persons: readonly PersonRow[]; /** An account or guest without person, named exactly. */ readonly alone: ShownObject | null }
export type PaletteSearch = { readonly status: 'idle' | 'searching' | 'ready'; readonly found: Found } | { readonly status: 'failed'; readonly problem: Problem }

const nothing: Found = { guests: [], persons: [], alone: null }
/** So many of each kind: who is not among them is found by typing more. */
const offered = 6
/** Milliseconds after the last key. Whoever is named exactly was pasted or typed to the end, and is looked for in the whole connector spaces. */
const pause = 250

/** Who is meant by what was typed so far: each list answers by itself at each key, the exact name once nothing more is typed. */
export function usePaletteSearch(text: string): PaletteSearch {
  const client = useClient()
  const [search, setSearch] = useState<PaletteSearch>({ status: 'idle', found: nothing })
  useEffect(() => {
    if (text === '') return setSearch({ status: 'idle', found: nothing })
    const cancel = new AbortController()
    const waitingFor = new Set<keyof Found>(['guests', 'persons', 'alone'])
    const ask = (part: keyof Found, answer: Promise<Result<Partial<Found>, Problem>>): void => {
      void answer.catch((error: unknown) => fail(ofError(error))).then((result) => {
        if (cancel.signal.aborted) return
        waitingFor.delete(part)
        setSearch((before) => (result.ok ? merge(before, result.value, waitingFor.size > 0 ? 'searching' : 'ready') : { status: 'failed', problem: result.problem }))
      })
    }
    // What was found for fewer letters stays until the next is there.
    setSearch((before) => ({ status: 'searching', found: { ...foundOf(before), alone: null } }))
    ask('guests', firstOf(client, 'guests', text).then((rows) => (rows.ok ? succeed({ guests: rows.value }) : rows)))
    ask('persons', firstOf(client, 'persons', text).then((rows) => (rows.ok ? succeed({ persons: rows.value }) : rows)))
    const timer = setTimeout(() => ask('alone', findAlone(client, text, cancel.signal)), pause)
    return () => {
      clearTimeout(timer)
      cancel.abort()
    }
  }, [client, text])
  return search
}

function foundOf(search: PaletteSearch): Found {
  return search.status === 'failed' ? nothing : search.found
}

/** Nobody so far is no answer yet. What failed stays failed until something else is typed. */
function merge(before: PaletteSearch, part: Partial<Found>, whileEmpty: 'searching' | 'ready'): PaletteSearch {
  if (before.status === 'failed') return before
  const found = { ...before.found, ...part }
  const isEmpty = found.guests.length === 0 && found.persons.length === 0 && found.alone === null
  return { status: isEmpty ? whileEmpty : 'ready', found }
}

/** That nobody is called exactly so is the usual case, not a failure. */
async function findAlone(client: Client, id: string, signal: AbortSignal): Promise<Result<Partial<Found>, Problem>> {
  const shown = await client.call('objects.show', { id }, signal)
  return succeed({ alone: shown.ok && shown.value.person === null ? shown.value : null })
}

async function firstOf<List extends ViewList>(client: Client, list: List, text: string): Promise<Result<readonly ViewRows[List][], Problem>> {
  const opened = await client.call('views.open', { list, text, facets: {}, sort: { column: 'displayName', direction: 'ascending' }, first: offered })
  if (!opened.ok) return opened
  const { view, rows } = opened.value
  void client.call('views.close', { view })
  // The service answers rows of the list that was opened.
  return succeed(rows as readonly ViewRows[List][])
}
