import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { AbsenceAnswer, DeletedAccount } from '../../src/shared/domain/lifecycle.ts'
import { parseSid } from '../../src/shared/domain/ids.ts'
import type { Problem } from '../../src/shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../src/shared/domain/result.ts'
import type { DeltaPage, DirectoryReader, EntraReader, ImportPage } from '../../src/main/connectors/connector.ts'
import { dnOf, testSettings } from '../engine/world.ts'

/** What a source answers: pages as they come, a problem in the place of a page. */
export type Script = {
  readonly full?: readonly (Partial<ImportPage> | Problem)[]
  readonly delta?: readonly (Partial<DeltaPage> | Problem)[]
  readonly tenant?: string
  readonly seesDeletions?: boolean
  readonly absences?: Readonly<Record<string, AbsenceAnswer>>
  readonly deleted?: Readonly<Record<string, DeletedAccount>>
  readonly absenceProblem?: Problem
}

export type Asked = { readonly fulls: string[][]; readonly deltas: string[]; readonly absences: string[]; readonly deleted: string[] }

/** Sources at the port, for what no server can be made to do at will: to cut off, to expire, to answer with half a page. */
export function scriptedEntra(script: Script, asked: Asked = noneAsked()): EntraReader {
  return {
    connector: 'entra',
    identify: async () => succeed({ tenant: script.tenant ?? 'contoso', graphUrl: 'https://graph.example.com' }),
    importAll: (request) => fullPages(script, asked, request.attributes),
    importDelta: (request) => deltaPages(script, asked, request.watermark),
    proveAbsence: async (ids) => {
      asked.absences.push(...ids)
      if (script.absenceProblem !== undefined) return fail(script.absenceProblem)
      return succeed(new Map(ids.map((id) => [id, script.absences?.[id] ?? { kind: 'unclear', why: 'not scripted' }] as const)))
    },
    close: async () => undefined,
  }
}

export function scriptedDirectory(script: Script, asked: Asked = noneAsked()): DirectoryReader {
  const sid = parseSid('S-1-5-21-1-2-3')
  if (!sid.ok) throw new Error('The fixture has no SID')
  return {
    connector: 'ad',
    identify: async () => succeed({ domainSid: sid.value, domainDn: dnOf('DC=contoso,DC=local'), controller: 'dc1', boundAs: 'guestbridge' }),
    importAll: (request) => fullPages(script, asked, request.attributes),
    importDelta: (request) => deltaPages(script, asked, request.watermark),
    readSchema: async () => succeed(testSettings().directorySchema),
    importNames: async function* () { yield succeed({ names: [{ accountName: 'krbtgt', dn: 'CN=krbtgt', anchor: 'krbtgt' }], isLast: true }) },
    readObject: async () => succeed(null),
    findByValue: async () => succeed([]),
    findDeleted: async (anchors) => {
      asked.deleted.push(...anchors)
      return succeed(new Map(Object.entries(script.deleted ?? {}).filter(([anchor]) => anchors.some((wanted) => wanted === anchor))))
    },
    isRecycleBinOn: async () => succeed(true),
    findInForest: async (_attribute, values) => succeed(new Map(values.map((value) => [value, { kind: 'free' }] as const))),
    seesDeletions: async () => succeed(script.seesDeletions ?? true),
    mayCreateUsersIn: async () => succeed(true),
    close: async () => undefined,
  }
}

export function noneAsked(): Asked {
  return { fulls: [], deltas: [], absences: [], deleted: [] }
}

export function lastPage(objects: readonly ConnectorObject[], watermark: string | null = null): ImportPage {
  return { objects, problems: [], total: objects.length, isLast: true, watermark }
}

async function* fullPages({ full = [] }: Script, asked: Asked, attributes: readonly string[]): AsyncGenerator<Result<ImportPage, Problem>> {
  asked.fulls.push([...attributes])
  for (const page of full) yield 'kind' in page ? fail(page) : succeed({ objects: [], problems: [], total: null, isLast: false, watermark: null, ...page })
}

async function* deltaPages({ delta = [] }: Script, asked: Asked, watermark: string): AsyncGenerator<Result<DeltaPage, Problem>> {
  asked.deltas.push(watermark)
  for (const page of delta) yield 'kind' in page ? fail(page) : succeed({ changes: [], problems: [], isLast: false, watermark: null, ...page })
}
