import { EqualityFilter, OrFilter } from 'ldapts'
import { parseDn } from '../../../../shared/domain/dn.ts'
import { sidToBytes } from '../../../../shared/domain/ids.ts'
import type { Dn, Sid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { DirectoryInspector } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import type { DirectoryConnection } from '../directoryConnection.ts'
import { DirectoryLink } from '../directoryLink.ts'
import { DirectorySchema } from '../directorySchema.ts'
import { takeFirstCookie } from '../dirSync.ts'
import { identifyDomain } from '../identify.ts'
import { searchOnce } from '../search.ts'
import { inspectServers } from './inspectServers.ts'
import { listObjects } from './listObjects.ts'
import { readAttributeTypes } from './readAttributeTypes.ts'
import { readFinerPolicies } from './readFinerPolicies.ts'
import { readForestNames } from './readForestNames.ts'
import { readOwnAccount, sidsIn } from './readOwnAccount.ts'
import { readPasswordPolicy } from './readPasswordPolicy.ts'
import { readSecurity } from './readSecurity.ts'
import { readVendor } from './readVendor.ts'

/** Looks at one domain as the account of the connection. Connects when it is first asked. */
export function createDirectoryInspector(connection: DirectoryConnection): DirectoryInspector {
  const link = new DirectoryLink(connection, 'anyController')
  const schema = new DirectorySchema(link)
  return {
    inspectServers: (signal) => inspectServers(connection, signal),
    signIn: (signal) => identifyDomain(link, schema, signal),
    readVendor: (signal) => readVendor(link, signal),
    readOwnAccount: (signal) => readOwnAccount(link, signal),
    readSecurity: (dn, signal) => readSecurity(link, dn, signal),
    readAttributeTypes: (names, signal) => readAttributeTypes(link, names, signal),
    listObjects: (ou, signal) => listObjects(link, ou, signal),
    readPasswordPolicy: (signal) => readPasswordPolicy(link, signal),
    readFinerPolicies: async (ou, signal) => {
      const identity = await identifyDomain(link, schema, signal)
      return identity.ok ? readFinerPolicies(link, { ...identity.value, ou }, signal) : identity
    },
    readForestNames: (signal) => readForestNames(link, signal),
    findGroups: (sids, signal) => findGroups(link, sids, signal),
    readChangeTracking: (signal) => readChangeTracking(link, signal),
    close: () => link.close(),
  }
}

async function findGroups(conversation: Conversation, sids: readonly Sid[], signal: AbortSignal): Promise<Result<readonly { readonly dn: Dn; readonly sid: Sid }[], Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const filter = new OrFilter({ filters: sids.map((sid) => new EqualityFilter({ attribute: 'objectSid', value: Buffer.from(sidToBytes(sid)) })) })
  const found = await searchOnce(conversation, { base: signedIn.value.root.domainDn, scope: 'sub', filter, attributes: ['objectSid'] }, 'Looking for the privileged groups', signal)
  if (!found.ok) return found
  return succeed(found.value.flatMap((entry) => {
    const [dn, sid] = [parseDn(entry.name), sidsIn(entry, 'objectSid')[0]]
    return dn.ok && sid !== undefined ? [{ dn: dn.value, sid }] : []
  }))
}

async function readChangeTracking(conversation: Conversation, signal: AbortSignal): Promise<Result<'everything' | 'whatIsVisible' | null, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const cookie = await takeFirstCookie(conversation, signedIn.value.root.domainDn, signal)
  return cookie.ok ? succeed(cookie.value === null ? null : cookie.value.mode) : cookie
}
