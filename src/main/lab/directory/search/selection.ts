import type { Actor } from '../access/actor.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { textsOf } from '../entries/entry.ts'
import { attributeDefinitions, findAttribute, forwardLinkOf, isBackLink, isConstructed } from '../schema/schema.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { allowedAttributesOf } from '../schema/classRules.ts'
import { encodeValue, readAttribute } from './readAttribute.ts'

/** Which attributes a search asks for: none named or `*` is everything stored and linked, `1.1` is nothing (RFC 4511 4.5.1.8). */
export type Selection = { readonly all: boolean; readonly named: readonly AttributeDefinition[] }

/** Names in the schema's spelling, whatever the request's; options behind a semicolon are not supported by this server yet. */
export type AnsweredAttribute = { readonly name: string; readonly values: readonly Buffer[] }

export function parseSelection(names: readonly string[]): Selection {
  const definitions = names.map(findAttribute).filter((attribute) => attribute !== undefined)
  return { all: names.length === 0 || names.includes('*'), named: [...new Set(definitions)] }
}

export function selectAttributes(directory: Directory, actor: Actor, entry: Entry, selection: Selection, content: 'values' | 'typesOnly'): readonly AnsweredAttribute[] {
  const chosen = new Set([...(selection.all ? storedAttributesOf(entry) : []), ...selection.named])
  const answered: AnsweredAttribute[] = []
  for (const attribute of chosen) {
    const values = readAttribute(directory, actor, entry, attribute)
    if (values.length > 0) answered.push({ name: attribute.name, values: content === 'typesOnly' ? [] : values.map((value) => encodeValue(directory, value)) })
  }
  return answered
}

/** Computed attributes come only by name; back links are among those that `*` gives. */
function storedAttributesOf(entry: Entry): readonly AttributeDefinition[] {
  const stored = [...entry.attributes.keys()].map(findAttribute).filter((attribute) => attribute !== undefined)
  const links = allowedAttributesOf(textsOf(entry, 'objectClass')).filter((attribute) => isBackLink(attribute) && forwardLinkOf(attribute) !== undefined)
  return [...stored, ...links, ...distinguishedName].filter((attribute) => !isConstructed(attribute) || attribute.name === 'distinguishedName')
}

const distinguishedName = attributeDefinitions.filter((attribute) => attribute.name === 'distinguishedName')
