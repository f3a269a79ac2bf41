import { grantTo } from '../access/descriptor/editDescriptor.ts'
import { parseAces } from '../access/descriptor/sddl.ts'
import { extendedRight } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import { deletedObjectsOf } from '../entries/deletedObjects.ts'
import type { Entry } from '../entries/entry.ts'
import { octetsOf } from '../entries/entry.ts'
import { resolveName } from '../entries/resolve.ts'
import { guidFromOctets, sidFromOctets } from '../names/octets.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { knownAttribute } from '../schema/schema.ts'
import type { AccountRights, DomainRight } from '../seedEntry.ts'

const user = 'bf967aba-0de6-11d0-a285-00aa003049e2'

/** Writes into the descriptors what the delegation wizard and `dsacls` write for such an account. Throws where an OU is not there. */
export function delegateTo(directory: Directory, account: Entry, rights: AccountRights & { readonly kind: 'delegated' }): void {
  const sid = octetsOf(account, 'objectSid')
  if (sid === null) throw new Error(`Entry ${account.id} is no account`)
  const name = sidFromOctets(sid)
  for (const unit of rights.organizationalUnits) {
    grant(directory, accepted(resolveName(directory, unit), unit), `(OA;CI;CCDC;${user};;${name})(OA;CIIO;RPWPCRCCDCLCLORCSDDTSW;;${user};${name})`)
  }
  for (const unit of rights.delegationSettingsIn ?? []) {
    const aces = delegationAttributes.map((attribute) => `(OA;CI;RPWP;${guidFromOctets(Buffer.from(knownAttribute(attribute).guid, 'base64'))};;${name})`)
    grant(directory, accepted(resolveName(directory, unit), unit), aces.join(''))
  }
  for (const domainRight of rights.domainRights ?? []) grantInDomain(directory, domainRight, name)
}

/** What Kerberos delegation to and from an account depends on. */
const delegationAttributes = ['msDS-AllowedToDelegateTo', 'userAccountControl', 'msDS-AllowedToActOnBehalfOfOtherIdentity', 'msDS-SupportedEncryptionTypes', 'servicePrincipalName'] as const

function accepted(found: Entry | Refusal, unit: string): Entry {
  if (isRefusal(found)) throw new Error(`The delegation names ${unit}: ${found.message}`)
  return found
}

function grantInDomain(directory: Directory, domainRight: DomainRight, sid: string): void {
  const head = domainHead(directory)
  switch (domainRight) {
    case 'replicatingChanges': return grant(directory, head, `(OA;;CR;${extendedRight.replicatingChanges};;${sid})`)
    case 'reanimateTombstones': return grant(directory, head, `(OA;;CR;${extendedRight.reanimateTombstones};;${sid})`)
    case 'readDeletedObjects': {
      const container = deletedObjectsOf(directory, head)
      if (container === undefined) throw new Error('The domain has no CN=Deleted Objects')
      return grant(directory, container, `(A;;LCRP;;;${sid})`)
    }
  }
}

function grant(directory: Directory, entry: Entry, aces: string): void {
  directory.store.commit({ entries: [grantTo(directory, entry, parseAces(aces, directory.domain.sid))] })
}
