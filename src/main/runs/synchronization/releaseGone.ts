import { findDangling } from './touched.ts'
import { flowPerson, gatherLinked, inBatches, type SynchronizationPass } from './pass.ts'

/**
 * Takes links to objects that an import no longer found off their persons, before anything is joined: neither the place of
 * an account that is gone nor its values (an old objectSID) may decide about the one that came after it. Answers who lost one.
 */
export async function releaseGone(pass: SynchronizationPass): Promise<readonly string[]> {
  const ids = [...new Set(await findDangling(pass.store))].sort()
  for (const batch of inBatches(ids)) {
    const persons = await pass.store.metaverseObjects(batch)
    const linked = await gatherLinked(pass.store, persons.flatMap((person) => person.links))
    const upserts = persons.map((person) => flowPerson(pass, person, person.links, linked))
    await pass.store.writeMetaverse(pass.run.id, { upserts, deletes: [], links: [], disconnectors: [] })
  }
  return ids
}
