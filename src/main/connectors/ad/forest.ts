import { EqualityFilter, OrFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ForestAnswer } from '../connector.ts'
import type { DirectoryConnection } from './directoryConnection.ts'
import { DirectoryLink } from './directoryLink.ts'
import { searchOnce } from './search.ts'

/** Asks a global catalog, which has the objects of all domains of the forest (MS-ADTS 3.1.1.1.10), who holds a value. */
export class Forest {
  readonly #link: DirectoryLink | null

  constructor(connection: DirectoryConnection) {
    const servers = connection.globalCatalogs ?? []
    this.#link = servers.length === 0 ? null : new DirectoryLink({ ...connection, servers }, 'anyController')
  }

  /** Every value has an answer. Only cancellation is a problem: a catalog that does not answer leaves values unchecked, and says why. */
  async find(attribute: string, values: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, ForestAnswer>, Problem>> {
    const answers = new Map<string, ForestAnswer>()
    const distinct = [...new Set(values)]
    for (let start = 0; start < distinct.length; start += valuesPerSearch) {
      const batch = distinct.slice(start, start + valuesPerSearch)
      const found = await this.#answer(attribute, batch, signal)
      if (found.ok) for (const [value, answer] of found.value) answers.set(value, answer)
      else if (found.problem.kind === 'cancelled') return found
      else for (const value of batch) answers.set(value, { kind: 'notChecked', why: found.problem.message })
    }
    return succeed(answers)
  }

  async close(): Promise<void> {
    await this.#link?.close()
  }

  /** Most values are free: one search for many tells so. Where it finds something, each value is asked for, since only the directory knows which values it takes for equal. */
  async #answer(attribute: string, values: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, ForestAnswer>, Problem>> {
    const any = await this.#search(attribute, values, signal)
    if (!any.ok) return any
    if (any.value.length === 0 || values.length === 1) return succeed(new Map(values.map((value) => [value, describe(any.value)])))
    const answers = new Map<string, ForestAnswer>()
    for (const value of values) {
      const found = await this.#search(attribute, [value], signal)
      if (!found.ok) return found
      answers.set(value, describe(found.value))
    }
    return succeed(answers)
  }

  async #search(attribute: string, values: readonly string[], signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
    if (this.#link === null) return fail(noCatalog)
    const filter = new OrFilter({ filters: values.map((value) => new EqualityFilter({ attribute, value: Buffer.from(value, 'utf8') })) })
    // The empty base is all domains of the forest on the ports of a global catalog (MS-ADTS 3.1.1.3.1.2.1).
    return searchOnce(this.#link, { base: '', scope: 'sub', filter, attributes: ['objectGUID'] }, 'Asking a global catalog', signal)
  }
}

const valuesPerSearch = 50

function describe([first]: readonly SearchEntry[]): ForestAnswer {
  return first === undefined ? { kind: 'free' } : { kind: 'taken', by: first.name }
}

const noCatalog: Problem = {
  kind: 'configurationInvalid', message: 'No global catalog is configured.', remedy: 'Name the global catalogs of the forest in the connection (port 3269).',
}
