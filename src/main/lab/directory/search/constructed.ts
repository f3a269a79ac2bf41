import type { Actor } from '../access/actor.ts'
import { groupsOf } from '../access/actor.ts'
import { computedAccountControl, passwordExpiry } from '../access/logon.ts'
import { creatableClasses, writableAttributes, writableDescriptorParts } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { schemaNamesOf } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { classOf, integerOf, isOfClass, octetsOf, textOf, textsOf } from '../entries/entry.ts'
import { namesOf } from '../entries/resolve.ts'
import { formatDn } from '../names/dnOfLab.ts'
import { ridOf } from '../names/octets.ts'
import { allowedAttributesOf, childClassesOf } from '../schema/classRules.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { describeAttributeTypes, describeObjectClasses } from '../schema/subschema.ts'

type Construct = (directory: Directory, actor: Actor, entry: Entry) => readonly StoredValue[]

/** Attributes that are computed when somebody asks for them by name (MS-ADTS 3.1.1.4.5). */
export function constructValues(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): readonly StoredValue[] {
  return constructs[attribute.name]?.(directory, actor, entry) ?? []
}

/** Token groups answer only where one object is asked for (MS-ADTS 3.1.1.4.5.19). */
export function needsBaseSearch(attribute: AttributeDefinition): boolean {
  return attribute.name === 'tokenGroups'
}

const constructs: Readonly<Record<string, Construct>> = {
  canonicalName: (directory, _, entry) => [canonicalName(directory, entry)],
  tokenGroups: (directory, _, entry) => groupsOf(directory, entry).flatMap((group) => octetsOf(group, 'objectSid') ?? []),
  allowedAttributes: (_, __, entry) => allowedAttributesOf(textsOf(entry, 'objectClass')).map((attribute) => attribute.name),
  allowedAttributesEffective: (directory, actor, entry) => writableAttributes(directory, actor, entry).map((attribute) => attribute.name),
  allowedChildClasses: (_, __, entry) => childClassesOf(textsOf(entry, 'objectClass')).map((definition) => definition.name),
  allowedChildClassesEffective: (directory, actor, entry) => creatableClasses(directory, actor, entry).map((definition) => definition.name),
  sDRightsEffective: (directory, actor, entry) => [String(writableDescriptorParts(directory, actor, entry))],
  createTimeStamp: (_, __, entry) => present(textOf(entry, 'whenCreated')),
  modifyTimeStamp: (_, __, entry) => present(textOf(entry, 'whenChanged')),
  structuralObjectClass: (_, __, entry) => [...textsOf(entry, 'objectClass')],
  subSchemaSubEntry: (directory) => [`CN=Aggregate,${formatDn(schemaNamesOf(directory))}`],
  attributeTypes: (_, __, entry) => (isOfClass(entry, 'subSchema') ? describeAttributeTypes() : []),
  objectClasses: (_, __, entry) => (isOfClass(entry, 'subSchema') ? describeObjectClasses() : []),
  primaryGroupToken: (_, __, entry) => (classOf(entry) === 'group' ? ridText(entry) : []),
  parentGUID: (directory, _, entry) => (entry.parentId === null ? [] : present(octetsOf(directory.store.get(entry.parentId), 'objectGUID'))),
  'msDS-User-Account-Control-Computed': (directory, _, entry) => (integerOf(entry, 'userAccountControl') === null ? [] : [String(computedAccountControl(directory, entry))]),
  'msDS-UserPasswordExpiryTimeComputed': (directory, _, entry) => (integerOf(entry, 'userAccountControl') === null ? [] : [String(passwordExpiry(directory, entry))]),
  'msDS-PrincipalName': (directory, _, entry) => present(textOf(entry, 'sAMAccountName')).map((name) => `${directory.domain.netBiosName}\\${name}`),
}

/** `contoso.lab/Guests/Jane Doe`: slashes within a name are escaped (MS-ADTS 3.1.1.4.5.2). */
function canonicalName(directory: Directory, entry: Entry): string {
  const path = namesOf(directory, entry).slice(0, -directory.domainNames.length)
  const names = path.toReversed().map((rdn) => rdn.value.replaceAll('/', '\\/'))
  return names.length === 0 ? `${directory.domain.dnsName}/` : [directory.domain.dnsName, ...names].join('/')
}

function ridText(entry: Entry): readonly string[] {
  const sid = octetsOf(entry, 'objectSid')
  return sid === null ? [] : [String(ridOf(sid))]
}

function present<Value>(value: Value | null): readonly Value[] {
  return value === null ? [] : [value]
}
