import type { Directory } from '../directory.ts'
import type { Entry, EntryId, StoredValue } from '../entries/entry.ts'
import { noHistory } from '../entries/history.ts'
import { sidToOctets } from '../names/octets.ts'
import { rulesOf } from '../schema/classRules.ts'
import type { AttributeDefinition, ClassDefinition } from '../schema/schema.ts'
import { attributeDefinitions, classDefinitions } from '../schema/schema.ts'
import { newGuid } from '../write/defaults.ts'

/** The heads of the three naming contexts and the schema: they refer to each other, so no ordinary add can make them. */
export function writeRawEntries(directory: Directory): void {
  const { store } = directory
  const take = () => store.takeEntryId()
  const [domain, configuration, schema] = [take(), take(), take()]
  const classIds = new Map(classDefinitions.map((definition) => [definition.cn, take()]))
  const categoryOf = (className: string): EntryId => {
    const id = classIds.get(rulesOf(className).definition.defaultCategory)
    if (id === undefined) throw new Error(`The schema table lacks the category of ${className}`)
    return id
  }
  const make = (id: EntryId, parentId: EntryId | null, naming: string, name: string, className: string, attributes: Values): Entry =>
    rawEntry({ id, parentId, naming, name, className, category: categoryOf(className) }, attributes)
  const domainName = directory.domainNames[0]?.value ?? ''
  store.commit({
    entries: [
      make(domain, null, 'dc', domainName, 'domainDNS', { instanceType: ['5'], ...domainPolicy(directory) }),
      make(configuration, domain, 'cn', 'Configuration', 'configuration', { instanceType: ['13'] }),
      make(schema, configuration, 'cn', 'Schema', 'dMD', { instanceType: ['13'], objectVersion: ['87'] }),
      make(take(), schema, 'cn', 'Aggregate', 'subSchema', {}),
      ...classDefinitions.map((definition) => {
        const id = classIds.get(definition.cn) ?? take()
        return make(id, schema, 'cn', definition.cn, 'classSchema', describeClass(definition, classIds))
      }),
      ...attributeDefinitions.map((definition) => make(take(), schema, 'cn', definition.cn, 'attributeSchema', describeAttribute(definition))),
    ],
  })
}

type Values = Readonly<Record<string, readonly StoredValue[]>>
type Frame = {
  readonly id: EntryId
  readonly parentId: EntryId | null
  readonly naming: string
  readonly name: string
  readonly className: string
  readonly category: EntryId
}

function rawEntry({ id, parentId, naming, name, className, category }: Frame, attributes: Values): Entry {
  const common: Values = { objectClass: rulesOf(className).chain, objectCategory: [category], objectGUID: [newGuid()], instanceType: ['4'], name: [name] }
  const all: Values = { ...common, [naming]: [name], ...attributes }
  const filled = Object.entries(all).filter(([, values]) => values.length > 0)
  return { id, parentId, rdn: { attribute: naming.toUpperCase(), value: name }, attributes: new Map(filled.map(([key, values]) => [key.toLowerCase(), values])), history: noHistory }
}

/** The default policy of a new domain (MS-ADTS 6.1.1.4): seven characters, complex, at most 42 days, at least one, no lockout. */
function domainPolicy(directory: Directory): Values {
  const sid = sidToOctets(directory.domain.sid)
  if (sid === null) throw new Error(`${directory.domain.sid} is not the SID of a domain`)
  return {
    objectSid: [sid], minPwdLength: ['7'], pwdProperties: ['1'], pwdHistoryLength: ['24'], maxPwdAge: ['-36288000000000'], minPwdAge: ['-864000000000'],
    lockoutThreshold: ['0'], lockoutDuration: ['-18000000000'], lockOutObservationWindow: ['-18000000000'], 'ms-DS-MachineAccountQuota': ['10'],
    'msDS-Behavior-Version': ['7'], isCriticalSystemObject: ['TRUE'], nTMixedDomain: ['0'],
  }
}

function describeAttribute(definition: AttributeDefinition): Values {
  const number = (value: number | undefined) => (value === undefined ? [] : [String(value)])
  return {
    lDAPDisplayName: [definition.name], attributeID: [definition.oid], attributeSyntax: [definition.syntax], oMSyntax: [String(definition.om)],
    isSingleValued: [claim(definition.single)], rangeLower: number(definition.lower), rangeUpper: number(definition.upper), linkID: number(definition.link),
    searchFlags: [String(definition.searchFlags ?? 0)], systemFlags: number(definition.systemFlags), systemOnly: [claim(definition.systemOnly)],
    schemaIDGUID: [Buffer.from(definition.guid, 'base64')],
    attributeSecurityGUID: definition.propertySet === undefined ? [] : [Buffer.from(definition.propertySet, 'base64')], isMemberOfPartialAttributeSet: definition.gc === true ? ['TRUE'] : [],
    adminDisplayName: [definition.cn], showInAdvancedViewOnly: ['TRUE'],
  }
}

function describeClass(definition: ClassDefinition, classIds: ReadonlyMap<string, EntryId>): Values {
  const category = classIds.get(definition.defaultCategory)
  return {
    lDAPDisplayName: [definition.name], governsID: [definition.oid], objectClassCategory: [String(definition.category ?? 0)], subClassOf: [definition.superior],
    rDNAttID: definition.rdn === undefined ? [] : [definition.rdn], schemaIDGUID: [Buffer.from(definition.guid, 'base64')],
    systemMustContain: definition.must ?? [], systemMayContain: definition.may ?? [], systemAuxiliaryClass: definition.auxiliary ?? [],
    systemPossSuperiors: definition.superiors ?? [], defaultObjectCategory: category === undefined ? [] : [category],
    systemFlags: definition.systemFlags === undefined ? [] : [String(definition.systemFlags)], systemOnly: [claim(definition.systemOnly)],
    defaultSecurityDescriptor: definition.descriptor === undefined ? [] : [definition.descriptor],
    adminDisplayName: [definition.cn], showInAdvancedViewOnly: ['TRUE'], defaultHidingValue: ['TRUE'],
  }
}

function claim(value: boolean | undefined): string {
  return value === true ? 'TRUE' : 'FALSE'
}
