import type { Actor } from '../access/actor.ts'
import { wholeDescriptor } from '../access/descriptor/descriptor.ts'
import { readDescriptor } from '../access/descriptor/readDescriptor.ts'
import type { Directory } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { textsOf } from '../entries/entry.ts'
import { attributeDefinitions, findAttribute, forwardLinkOf, isBackLink, isConstructed, knownAttribute } from '../schema/schema.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { allowedAttributesOf } from '../schema/classRules.ts'
import { encodeValue, readAttribute } from './readAttribute.ts'

/**
 * Which attributes a search asks for: none named or `*` is everything stored and linked, `1.1` is nothing (RFC 4511 4.5.1.8). The descriptor is among everything only
 * where LDAP_SERVER_SD_FLAGS_OID names its parts.
 */
export type Selection = { readonly all: boolean; readonly named: readonly NamedAttribute[]; readonly descriptorParts: number | null }
/** `last` is null for `*`. */
export type ValueRange = { readonly first: number; readonly last: number | null }
export type NamedAttribute = { readonly attribute: AttributeDefinition; readonly range: ValueRange | null }

/** Names in the schema's spelling, whatever the request's; `member;range=0-1499` where not all values are in one answer. */
export type AnsweredAttribute = { readonly name: string; readonly values: readonly Buffer[] }

export function parseSelection(names: readonly string[], descriptorParts: number | null): Selection {
  const named = names.map(parseName).filter((one) => one !== null)
  const isRepeated = (one: NamedAttribute, index: number) => named.findIndex(({ attribute }) => attribute === one.attribute) < index
  return { all: names.length === 0 || names.includes('*'), named: named.filter((one, index) => !isRepeated(one, index)), descriptorParts }
}

export function selectAttributes(directory: Directory, actor: Actor, entry: Entry, selection: Selection, content: 'values' | 'typesOnly'): readonly AnsweredAttribute[] {
  const ranges = new Map(selection.named.map(({ attribute, range }) => [attribute, range]))
  const everything = selection.all ? [...storedAttributesOf(entry), ...(selection.descriptorParts === null ? [] : [descriptor])] : []
  const chosen = new Set([...everything, ...ranges.keys()])
  const answered: AnsweredAttribute[] = []
  for (const attribute of chosen) {
    const values = attribute === descriptor ? descriptorValues(directory, actor, entry, selection) : readAttribute(directory, actor, entry, attribute)
    const part = takeRange(values, ranges.get(attribute) ?? null)
    if (part === null) continue
    answered.push({ name: `${attribute.name}${part.option}`, values: content === 'typesOnly' ? [] : part.values.map((value) => encodeValue(directory, value)) })
  }
  return answered
}

const descriptor = knownAttribute('nTSecurityDescriptor')

function descriptorValues(directory: Directory, actor: Actor, entry: Entry, selection: Selection): readonly StoredValue[] {
  const octets = readDescriptor(directory, actor, entry, selection.descriptorParts ?? wholeDescriptor)
  return octets === null ? [] : [octets]
}

/** MaxValRange (MS-ADTS 3.1.1.3.4.6). */
const mostValues = 1_500

/** Options other than a range mean nothing to Active Directory: an attribute with one is not known (MS-ADTS 3.1.1.3.1.3.3). */
function parseName(name: string): NamedAttribute | null {
  const [plain = '', ...options] = name.split(';')
  const attribute = findAttribute(plain)
  if (attribute === undefined || options.length > 1) return null
  const [option] = options
  if (option === undefined) return { attribute, range: null }
  const match = /^range=(\d{1,9})-(\d{1,9}|\*)$/i.exec(option)
  return match === null ? null : { attribute, range: { first: Number(match[1]), last: match[2] === '*' ? null : Number(match[2]) } }
}

/** Null where nothing is left to tell. A list that fits is told whole, unless a part of it was asked for. */
function takeRange(values: readonly StoredValue[], range: ValueRange | null): { readonly option: string; readonly values: readonly StoredValue[] } | null {
  const first = range?.first ?? 0
  if (values.length <= first) return null
  if (range === null && values.length <= mostValues) return { option: '', values }
  const last = Math.min(range?.last ?? Number.MAX_SAFE_INTEGER, first + mostValues - 1)
  const end = last >= values.length - 1 ? '*' : String(last)
  return { option: `;range=${first}-${end}`, values: values.slice(first, last + 1) }
}

/** Computed attributes come only by name; back links are among those that `*` gives. */
function storedAttributesOf(entry: Entry): readonly AttributeDefinition[] {
  const stored = [...entry.attributes.keys()].map(findAttribute).filter((attribute) => attribute !== undefined)
  const links = allowedAttributesOf(textsOf(entry, 'objectClass')).filter((attribute) => isBackLink(attribute) && forwardLinkOf(attribute) !== undefined)
  return [...stored, ...links, ...distinguishedName].filter((attribute) => attribute !== descriptor && (!isConstructed(attribute) || attribute.name === 'distinguishedName'))
}

const distinguishedName = attributeDefinitions.filter((attribute) => attribute.name === 'distinguishedName')
