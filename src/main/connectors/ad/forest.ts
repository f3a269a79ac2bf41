import { EqualityFilter, OrFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ForestAnswer } from '../connector.ts'
import type { DirectoryServer } from './directoryConnection.ts'
import { DirectoryLink } from './directoryLink.ts'
import type { NameService } from './findGlobalCatalogs.ts'
import { findGlobalCatalogs } from './findGlobalCatalogs.ts'
import { searchOnce } from './search.ts'

/** Asks a global catalog, which has the objects of all domains of the forest (MS-ADTS 3.1.1.1.10), who holds a value. */
export class Forest {
  readonly #domain: DirectoryLink
  readonly #names: NameService
  #link: DirectoryLink | null = null
  #refusal: { readonly problem: Problem; readonly until: number } | null = null

  /** `domain` leads to a controller, which knows the forest; `names` to its catalogs where the connection names none. */
  constructor(domain: DirectoryLink, names: NameService) {
    this.#domain = domain
    this.#names = names
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
    const link = await this.open(signal)
    if (!link.ok) return link
    const filter = new OrFilter({ filters: values.map((value) => new EqualityFilter({ attribute, value: Buffer.from(value, 'utf8') })) })
    // The empty base is all domains of the forest on the ports of a global catalog (MS-ADTS 3.1.1.3.1.2.1).
    return searchOnce(link.value, { base: '', scope: 'sub', filter, attributes: ['objectGUID'] }, 'Asking a global catalog', signal)
  }

  /** A link to a catalog, made once. After nobody was found, nobody is looked for again for a while. */
  async open(signal: AbortSignal): Promise<Result<DirectoryLink, Problem>> {
    if (this.#link !== null) return succeed(this.#link)
    if (this.#refusal !== null && performance.now() < this.#refusal.until) return fail(this.#refusal.problem)
    const servers = await this.#locate(signal)
    if (!servers.ok) {
      if (servers.problem.kind !== 'cancelled') this.#refusal = { problem: servers.problem, until: performance.now() + pause }
      return servers
    }
    this.#link = new DirectoryLink({ ...this.#domain.connection, servers: servers.value }, 'anyController')
    return succeed(this.#link)
  }

  async #locate(signal: AbortSignal): Promise<Result<readonly DirectoryServer[], Problem>> {
    const { globalCatalogs, security } = this.#domain.connection
    if (globalCatalogs !== undefined) return globalCatalogs.length === 0 ? fail(noCatalog) : succeed(globalCatalogs)
    const signedIn = await this.#domain.signIn(signal)
    if (!signedIn.ok) return signedIn
    const { configurationDn } = signedIn.value.root
    return configurationDn === null ? fail(noCatalog) : findGlobalCatalogs(this.#names, configurationDn, security)
  }
}

/** Milliseconds for which nobody is asked again where no catalog was found: thousands of names are asked about one batch after the other. */
const pause = 60_000

const valuesPerSearch = 50

function describe([first]: readonly SearchEntry[]): ForestAnswer {
  return first === undefined ? { kind: 'free' } : { kind: 'taken', by: first.name }
}

const noCatalog: Problem = {
  kind: 'configurationInvalid', message: 'There is no global catalog.', remedy: 'Name the global catalogs of the forest in the connection (port 3269).',
}
