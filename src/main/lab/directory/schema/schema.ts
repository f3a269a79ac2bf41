import attributeRows from './attributes.json' with { type: 'json' }
import classRows from './classes.json' with { type: 'json' }

/**
 * A row of attributes.json: the definition of an attribute in Windows Server 2016's schema (MS-ADA1 to MS-ADA3). `guid` is the
 * schemaIDGUID in base64; missing numbers are not set in the schema; missing claims are false.
 */
export type AttributeDefinition = {
  readonly name: string
  readonly cn: string
  readonly oid: string
  readonly syntax: string
  readonly om: number
  readonly single?: boolean
  /** rangeLower and rangeUpper: characters of text, bytes of octets, the value itself of numbers. */
  readonly lower?: number
  readonly upper?: number
  readonly guid: string
  readonly searchFlags?: number
  readonly systemFlags?: number
  /** Even: forward link; odd: back link of the even one below it (MS-ADTS 3.1.1.1.6). */
  readonly link?: number
  readonly systemOnly?: boolean
  readonly gc?: boolean
  /** attributeSecurityGUID in base64: rights for the set are rights for the attribute (MS-ADTS 5.1.3.2.1). */
  readonly propertySet?: string
}

/** A row of classes.json (MS-ADSC). `category`: 0 or 1 structural, 2 abstract, 3 auxiliary. */
export type ClassDefinition = {
  readonly name: string
  readonly cn: string
  readonly oid: string
  readonly category?: number
  readonly superior: string
  readonly rdn?: string
  readonly guid: string
  readonly auxiliary?: readonly string[]
  readonly superiors?: readonly string[]
  readonly must?: readonly string[]
  readonly may?: readonly string[]
  /** cn of the class that objectCategory names. */
  readonly defaultCategory: string
  readonly systemOnly?: boolean
  readonly systemFlags?: number
  /** defaultSecurityDescriptor, in SDDL. */
  readonly descriptor?: string
}

export const attributeDefinitions: readonly AttributeDefinition[] = attributeRows
export const classDefinitions: readonly ClassDefinition[] = classRows

const attributesByName = new Map(attributeDefinitions.flatMap((row) => [[row.name.toLowerCase(), row], [row.oid, row]] as const))
const classesByName = new Map(classDefinitions.flatMap((row) => [[row.name.toLowerCase(), row], [row.oid, row]] as const))
const forwardByLink = new Map(attributeDefinitions.filter((row) => row.link !== undefined && row.link % 2 === 0).map((row) => [row.link, row]))

/** By lDAPDisplayName in any case, or by OID. */
export function findAttribute(name: string): AttributeDefinition | undefined {
  return attributesByName.get(name.toLowerCase())
}

export function findClass(name: string): ClassDefinition | undefined {
  return classesByName.get(name.toLowerCase())
}

/** Of an attribute that the server itself depends on; a missing one is a fault of the table. */
export function knownAttribute(name: string): AttributeDefinition {
  const found = findAttribute(name)
  if (found === undefined) throw new Error(`The schema table lacks the attribute ${name}`)
  return found
}

export function knownClass(name: string): ClassDefinition {
  const found = findClass(name)
  if (found === undefined) throw new Error(`The schema table lacks the class ${name}`)
  return found
}

/** FLAG_ATTR_IS_CONSTRUCTED (MS-ADTS 2.2.10): computed when it is asked for, never stored. */
export function isConstructed(attribute: AttributeDefinition): boolean {
  return ((attribute.systemFlags ?? 0) & 4) !== 0
}

export function isBackLink(attribute: AttributeDefinition): boolean {
  return attribute.link !== undefined && attribute.link % 2 === 1
}

export function isForwardLink(attribute: AttributeDefinition): boolean {
  return attribute.link !== undefined && attribute.link % 2 === 0
}

/** The forward link that a back link is computed from; a schema may leave it out. */
export function forwardLinkOf(backLink: AttributeDefinition): AttributeDefinition | undefined {
  return backLink.link === undefined ? undefined : forwardByLink.get(backLink.link - 1)
}

/** fATTINDEX (MS-ADTS 2.2.9). */
export function isIndexed(attribute: AttributeDefinition): boolean {
  return ((attribute.searchFlags ?? 0) & 1) !== 0 || isForwardLink(attribute)
}

/** The 32-bit ATTRTYP that error messages show as `Att 900dd` (MS-DRSR 5.16.4, the built-in prefix table). */
export function attributeType(attribute: AttributeDefinition): string {
  const dot = attribute.oid.lastIndexOf('.')
  const prefix = oidPrefixes[attribute.oid.slice(0, dot)] ?? 0
  return (prefix * 0x10000 + Number(attribute.oid.slice(dot + 1))).toString(16)
}

const oidPrefixes: Readonly<Record<string, number>> = {
  '2.5.4': 0, '1.2.840.113556.1.2': 2, '1.2.840.113556.1.3': 3, '2.5.5': 8, '1.2.840.113556.1.4': 9, '1.2.840.113556.1.5': 10,
  '0.9.2342.19200300.100': 19, '2.16.840.1.113730.3': 20, '0.9.2342.19200300.100.1': 21, '2.16.840.1.113730.3.1': 22, '2.5.21': 24, '2.5.18': 25,
}
