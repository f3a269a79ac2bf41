import type { TestTenant } from './tenantFixture.ts'

export type DeltaObject = Readonly<Record<string, unknown>> & { readonly id: string }
export type DeltaPage = { readonly '@odata.context': string; readonly '@odata.nextLink'?: string; readonly '@odata.deltaLink'?: string; readonly value: readonly DeltaObject[] }
export type DeltaRound = { readonly pages: readonly DeltaPage[]; readonly objects: readonly DeltaObject[]; readonly deltaLink: string }

/** Follows a delta query to its deltaLink. */
export async function readRound(tenant: TestTenant, start: string, headers: Readonly<Record<string, string>> = {}): Promise<DeltaRound> {
  const pages: DeltaPage[] = []
  for (let link: string | undefined = start; link !== undefined; link = pages.at(-1)?.['@odata.nextLink']) {
    const response = await tenant.send('GET', link, { headers })
    if (response.status !== 200) throw new Error(`${link} was answered with ${response.status}: ${await response.text()}`)
    pages.push((await response.json()) as DeltaPage)
  }
  const deltaLink = pages.at(-1)?.['@odata.deltaLink']
  if (deltaLink === undefined) throw new Error('The round ends without deltaLink')
  return { pages, objects: pages.flatMap((page) => page.value), deltaLink }
}

/** The objects of a round, the last mention of each, by id. */
export function lastOfEach(round: DeltaRound): ReadonlyMap<string, DeltaObject> {
  return new Map(round.objects.map((object) => [object.id, object]))
}
