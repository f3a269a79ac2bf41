import type { DelegationReader } from '../../delegationPorts.ts'
import type { DirectoryConnection } from '../directoryConnection.ts'
import { DirectoryLink } from '../directoryLink.ts'
import { DirectorySchema } from '../directorySchema.ts'
import { systemNameService } from '../findGlobalCatalogs.ts'
import { Forest } from '../forest.ts'
import { readDomainFacts } from './domainFacts.ts'
import { nameSids } from './nameSids.ts'
import { findPrincipals } from './principals.ts'
import { findSpnOwners } from './spnOwners.ts'

/** Reads what delegation depends on in one domain over LDAP. Connects when it is first asked; after a lost connection the next call connects anew. */
export function createDelegationReader(connection: DirectoryConnection): DelegationReader {
  const link = new DirectoryLink(connection, 'anyController')
  const schema = new DirectorySchema(link)
  const forest = new Forest(link, systemNameService())
  const places = { link, schema, forest }
  return {
    readDomain: (signal) => readDomainFacts(link, schema, signal),
    findPrincipals: (query, signal) => findPrincipals(link, schema, query, signal),
    findOwners: (spns, signal) => findSpnOwners(places, spns, signal),
    nameSids: (sids, signal) => nameSids(places, sids, signal),
    close: async () => { await Promise.all([link.close(), forest.close()]) },
  }
}
