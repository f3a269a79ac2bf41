import type { AttributeDefinition, ClassDefinition } from './schema.ts'
import { attributeDefinitions, classDefinitions } from './schema.ts'
import type { Syntax } from './syntax.ts'
import { syntaxOf } from './syntax.ts'

/** attributeTypes and objectClasses of CN=Aggregate, in the shortened form of MS-ADTS 3.1.1.3.1.1.1, for clients that know the schema of RFC 4512 only. */
export function describeAttributeTypes(): readonly string[] {
  return attributeDefinitions.map(describeAttributeType)
}

export function describeObjectClasses(): readonly string[] {
  return classDefinitions.map(describeObjectClass)
}

function describeAttributeType(attribute: AttributeDefinition): string {
  const claims = [attribute.single === true ? 'SINGLE-VALUE' : '', attribute.systemOnly === true ? 'NO-USER-MODIFICATION' : ''].filter((claim) => claim !== '')
  return ['(', attribute.oid, `NAME '${attribute.name}'`, `SYNTAX '${syntaxOids[syntaxOf(attribute)]}'`, ...claims, ')'].join(' ')
}

function describeObjectClass(definition: ClassDefinition): string {
  const kind = ['STRUCTURAL', 'STRUCTURAL', 'ABSTRACT', 'AUXILIARY'][definition.category ?? 0] ?? 'STRUCTURAL'
  const list = (word: string, names: readonly string[]) => (names.length === 0 ? [] : [`${word} (${names.join(' $ ')} )`])
  const attributes = [...list('MUST', definition.must ?? []), ...list('MAY', definition.may ?? [])]
  return ['(', definition.oid, `NAME '${definition.name}'`, `SUP ${definition.superior}`, kind, ...attributes, ')'].join(' ')
}

/** MS-ADTS 3.1.1.3.1.1.1, the table of syntaxes. */
const syntaxOids: Readonly<Record<Syntax, string>> = {
  reference: '1.3.6.1.4.1.1466.115.121.1.12', dnWithData: '1.2.840.113556.1.4.903', objectIdentifier: '1.3.6.1.4.1.1466.115.121.1.38',
  caseExactText: '1.3.6.1.4.1.1466.115.121.1.26', caseIgnoreText: '1.2.840.113556.1.4.905', directoryText: '1.3.6.1.4.1.1466.115.121.1.15',
  numericText: '1.3.6.1.4.1.1466.115.121.1.36', boolean: '1.3.6.1.4.1.1466.115.121.1.7', integer: '1.3.6.1.4.1.1466.115.121.1.27',
  largeInteger: '1.2.840.113556.1.4.906', time: '1.3.6.1.4.1.1466.115.121.1.24', sid: '1.3.6.1.4.1.1466.115.121.1.40', octets: '1.3.6.1.4.1.1466.115.121.1.40',
}
