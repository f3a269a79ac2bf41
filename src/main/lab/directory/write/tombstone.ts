import { octetsOf, withAttributes } from '../entries/entry.ts'
import type { Entry, EntryId, StoredValue } from '../entries/entry.ts'
import { guidFromOctets } from '../names/octets.ts'
import { attributeDefinitions, isForwardLink } from '../schema/schema.ts'

/**
 * A deleted entry in CN=Deleted Objects under a name with its GUID (MS-ADTS 3.1.1.5.5.1). `whole`: with the Recycle Bin it keeps all it had; `stripped`:
 * without, only what makes it the same one, which is attributes with fPRESERVEONDELETE (8) and a fixed list.
 */
export function makeTombstone(entry: Entry, container: EntryId | null, extent: 'whole' | 'stripped'): Entry {
  const value = mangledName(entry)
  const marks: Record<string, readonly StoredValue[]> = { isDeleted: ['TRUE'], name: [value], [entry.rdn.attribute]: [value] }
  const origin = entry.parentId === null ? {} : { lastKnownParent: [entry.parentId] }
  const rdn = extent === 'whole' ? { 'msDS-LastKnownRDN': [entry.rdn.value] } : {}
  const kept = extent === 'whole' ? entry : strip(entry)
  return withAttributes({ ...kept, parentId: container ?? entry.parentId, rdn: { attribute: entry.rdn.attribute, value } }, { ...marks, ...origin, ...rdn })
}

/** What is left when a deleted entry is deleted once more: nothing that could be restored (MS-ADTS 3.1.1.5.5.1.3). */
export function recycle(entry: Entry): Entry {
  return withAttributes(strip(entry), { isRecycled: ['TRUE'] })
}

function strip(entry: Entry): Entry {
  return { ...entry, attributes: new Map([...entry.attributes].filter(([name]) => keptNames.has(name))) }
}

/** At most 75 characters of the old name, a line feed, `DEL:` and the GUID (MS-ADTS 3.1.1.5.5). */
function mangledName(entry: Entry): string {
  const guid = octetsOf(entry, 'objectGUID')
  return `${entry.rdn.value.slice(0, 75)}\nDEL:${guid === null ? String(entry.id) : guidFromOctets(guid)}`
}

const alwaysKept = [
  'distinguishedName', 'dNSHostName', 'flatName', 'governsID', 'groupType', 'instanceType', 'isDeleted', 'lastKnownParent', 'lDAPDisplayName', 'legacyExchangeDN',
  'mS-DS-CreatorSID', 'mSMQOwnerID', 'msDS-AdditionalSamAccountName', 'msDS-LastKnownRDN', 'name', 'nCName', 'nTSecurityDescriptor', 'objectClass', 'objectGUID', 'objectSid',
  'oMSyntax', 'proxiedObjectName', 'replPropertyMetaData', 'sAMAccountName', 'securityIdentifier', 'sIDHistory', 'subClassOf', 'systemFlags', 'trustPartner',
  'userAccountControl', 'uSNChanged', 'uSNCreated', 'whenCreated', 'whenChanged', 'cn', 'ou',
]
const keptBySchema = attributeDefinitions.filter((attribute) => ((attribute.searchFlags ?? 0) & 8) !== 0 && !isForwardLink(attribute))
const keptNames: ReadonlySet<string> = new Set([...alwaysKept, ...keptBySchema.map((attribute) => attribute.name)].map((name) => name.toLowerCase()))
