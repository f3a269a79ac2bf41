import { ProtocolOperation } from 'ldapts'
import type { AddRequest, AttributeInput, Modification, ModifyRequest, RenameRequest } from '../write/request.ts'
import type { SearchRequest } from '../search/search.ts'
import type { Element } from './berElements.ts'
import { booleanIn, elementAt, integerIn, malformed, readElements, textIn } from './berElements.ts'
import { parseFilter } from './parseFilter.ts'

export type RequestControl = { readonly oid: string; readonly isCritical: boolean; readonly value: Buffer | null }

type Authentication = { readonly kind: 'simple'; readonly password: string } | { readonly kind: 'sasl' }

export type Operation =
  | { readonly kind: 'bind'; readonly version: number; readonly name: string; readonly authentication: Authentication }
  | { readonly kind: 'unbind' }
  | { readonly kind: 'search'; readonly request: SearchRequest }
  | { readonly kind: 'modify'; readonly request: ModifyRequest }
  | { readonly kind: 'add'; readonly request: AddRequest }
  | { readonly kind: 'delete'; readonly dn: string }
  | { readonly kind: 'rename'; readonly request: RenameRequest }
  | { readonly kind: 'compare'; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: 'abandon'; readonly messageId: number }
  | { readonly kind: 'extended'; readonly oid: string }

export type Message = { readonly id: number; readonly operation: Operation; readonly controls: readonly RequestControl[] }

/** One LDAPMessage (RFC 4511 4.1.1); throws MalformedMessage for anything else. */
export function parseMessage(octets: Buffer): Message {
  const envelope = readElements(octets)
  const parts = readElements(elementAt(envelope, 0, 0x30).content)
  const controls = parts.find((part, index) => index > 1 && part.tag === ProtocolOperation.LDAP_CONTROLS)
  const id = integerIn(elementAt(parts, 0, 0x02))
  if (id < 0) return malformed('a message id is negative')
  return { id, operation: parseOperation(elementAt(parts, 1)), controls: controls === undefined ? [] : readElements(controls.content).map(parseControl) }
}

function parseOperation(element: Element): Operation {
  switch (element.tag) {
    case ProtocolOperation.LDAP_REQ_BIND: return parseBind(element)
    case ProtocolOperation.LDAP_REQ_UNBIND: return { kind: 'unbind' }
    case ProtocolOperation.LDAP_REQ_SEARCH: return { kind: 'search', request: parseSearch(element) }
    case ProtocolOperation.LDAP_REQ_MODIFY: return { kind: 'modify', request: parseModify(element) }
    case ProtocolOperation.LDAP_REQ_ADD: return { kind: 'add', request: parseAdd(element) }
    case ProtocolOperation.LDAP_REQ_DELETE: return { kind: 'delete', dn: textIn(element) }
    case ProtocolOperation.LDAP_REQ_MODRDN: return { kind: 'rename', request: parseRename(element) }
    case ProtocolOperation.LDAP_REQ_COMPARE: return parseCompare(element)
    case ProtocolOperation.LDAP_REQ_ABANDON: return { kind: 'abandon', messageId: integerIn(element) }
    case ProtocolOperation.LDAP_REQ_EXTENSION: return { kind: 'extended', oid: textIn(elementAt(readElements(element.content), 0, 0x80)) }
    default: return malformed('a request is of no known kind')
  }
}

function parseBind(element: Element): Operation {
  const parts = readElements(element.content)
  const authentication = elementAt(parts, 2, 0x80, 0xa3)
  return {
    kind: 'bind',
    version: integerIn(elementAt(parts, 0, 0x02)),
    name: textIn(elementAt(parts, 1, 0x04)),
    authentication: authentication.tag === 0x80 ? { kind: 'simple', password: textIn(authentication) } : { kind: 'sasl' },
  }
}

const scopes = ['base', 'one', 'subtree'] as const

function parseSearch(element: Element): SearchRequest {
  const parts = readElements(element.content)
  const scope = scopes[integerIn(elementAt(parts, 1, 0x0a))]
  if (scope === undefined) return malformed('a search has no known scope')
  return {
    base: textIn(elementAt(parts, 0, 0x04)),
    scope,
    sizeLimit: integerIn(elementAt(parts, 3, 0x02)),
    timeLimit: integerIn(elementAt(parts, 4, 0x02)),
    content: booleanIn(elementAt(parts, 5, 0x01)) ? 'typesOnly' : 'values',
    filter: parseFilter(elementAt(parts, 6)),
    attributes: readElements(elementAt(parts, 7, 0x30).content).map(textIn),
  }
}

function parseModify(element: Element): ModifyRequest {
  const parts = readElements(element.content)
  return { dn: textIn(elementAt(parts, 0, 0x04)), modifications: readElements(elementAt(parts, 1, 0x30).content).map(parseModification) }
}

const operations = ['add', 'delete', 'replace'] as const

function parseModification(element: Element): Modification {
  const parts = readElements(element.content)
  const operation = operations[integerIn(elementAt(parts, 0, 0x0a))]
  return operation === undefined ? malformed('a modification is of no known kind') : { operation, ...parseAttribute(elementAt(parts, 1, 0x30)) }
}

function parseAdd(element: Element): AddRequest {
  const parts = readElements(element.content)
  return { dn: textIn(elementAt(parts, 0, 0x04)), attributes: readElements(elementAt(parts, 1, 0x30).content).map(parseAttribute) }
}

function parseAttribute(element: Element): AttributeInput {
  const parts = readElements(element.content)
  return { name: textIn(elementAt(parts, 0, 0x04)), values: readElements(elementAt(parts, 1, 0x31).content).map((value) => value.content) }
}

function parseRename(element: Element): RenameRequest {
  const parts = readElements(element.content)
  return {
    dn: textIn(elementAt(parts, 0, 0x04)),
    newRdn: textIn(elementAt(parts, 1, 0x04)),
    oldName: booleanIn(elementAt(parts, 2, 0x01)) ? 'dropped' : 'kept',
    newSuperior: parts[3] === undefined ? null : textIn(elementAt(parts, 3, 0x80)),
  }
}

function parseCompare(element: Element): Operation {
  const parts = readElements(element.content)
  const assertion = readElements(elementAt(parts, 1, 0x30).content)
  return { kind: 'compare', dn: textIn(elementAt(parts, 0, 0x04)), attribute: textIn(elementAt(assertion, 0, 0x04)), value: elementAt(assertion, 1, 0x04).content }
}

function parseControl(element: Element): RequestControl {
  const [oid, ...rest] = readElements(element.content)
  if (oid === undefined) return malformed('a control has no OID')
  const criticality = rest.find((part) => part.tag === 0x01)
  return { oid: textIn(oid), isCritical: criticality !== undefined && booleanIn(criticality), value: rest.find((part) => part.tag === 0x04)?.content ?? null }
}
