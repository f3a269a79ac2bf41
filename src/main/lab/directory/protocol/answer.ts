import { actorOf } from '../access/actor.ts'
import { wholeDescriptor } from '../access/descriptor/descriptor.ts'
import { logOn } from '../access/logon.ts'
import { textOf } from '../entries/entry.ts'
import { authMethodNotSupported, strongAuthRequired, unknownExtension, unwilling, unsupportedVersion } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { addEntry } from '../write/add.ts'
import { deleteEntry } from '../write/delete.ts'
import { modifyEntry } from '../write/modify.ts'
import { renameEntry } from '../write/rename.ts'
import type { WriteOptions } from '../write/request.ts'
import { answerCompare, answerSearch } from './answerSearch.ts'
import { encodeExtended, encodeResult, succeeded } from './encodeResponse.ts'
import type { Message, Operation, RequestControl } from './parseRequest.ts'
import { checkControls, deletedObjectsIn, descriptorPartsIn, hasControl } from './requestControls.ts'
import type { Session } from './session.ts'
import { control, extension } from './supported.ts'

type Answerable = Exclude<Operation, { kind: 'unbind' | 'abandon' }>

/** Does what a message asks for and sends the answer. StartTLS and unbind are the connection's own. */
export async function answer(session: Session, message: Message & { readonly operation: Answerable }): Promise<void> {
  const { id, operation, controls } = message
  const refusal = checkControls(controls)
  if (refusal !== null) return session.send(encodeResult(id, operation.kind, refusal))
  switch (operation.kind) {
    case 'search': {
      const { outcome, controls: answered } = await answerSearch(session, id, operation.request, controls)
      return session.abandoned.delete(id) ? undefined : session.send(encodeResult(id, 'search', outcome, answered))
    }
    case 'extended': return session.send(answerExtended(session, id, operation.oid))
    case 'compare': return session.send(encodeResult(id, 'compare', answerCompare(session, operation)))
    case 'bind': return session.send(encodeResult(id, 'bind', bind(session, operation) ?? succeeded))
    default: return session.send(encodeResult(id, operation.kind, write(session, operation, controls) ?? succeeded))
  }
}

/** A failed bind leaves the connection anonymous (RFC 4513 4). */
function bind(session: Session, operation: Operation & { readonly kind: 'bind' }): Refusal | null {
  session.actor = { kind: 'anonymous' }
  if (operation.version < 2 || operation.version > 3) return unsupportedVersion()
  if (operation.authentication.kind === 'sasl') return authMethodNotSupported()
  const { password } = operation.authentication
  // Without a password a bind is anonymous whatever the name (RFC 4513 5.1.2).
  if (password === '') return null
  if (session.transport === 'plain') return strongAuthRequired()
  const account = logOn(session.directory, operation.name, password)
  if (isRefusal(account)) return account
  session.actor = actorOf(session.directory, account, session.view)
  return null
}

function write(session: Session, operation: Operation & { readonly kind: 'add' | 'modify' | 'rename' | 'delete' }, controls: readonly RequestControl[]): Refusal | null {
  const { directory, actor } = session
  if (session.view === 'forest') return unwilling()
  const valueChecks: WriteOptions['valueChecks'] = hasControl(controls, control.permissiveModify) ? 'permissive' : 'strict'
  const descriptorParts = descriptorPartsIn(controls) ?? wholeDescriptor
  if (isRefusal(descriptorParts)) return descriptorParts
  const options: WriteOptions = { transport: session.transport, valueChecks, descriptorParts, deletedObjects: deletedObjectsIn(controls) }
  switch (operation.kind) {
    case 'add': {
      const added = addEntry(directory, actor, operation.request, options)
      return isRefusal(added) ? added : null
    }
    case 'modify': return modifyEntry(directory, actor, operation.request, options)
    case 'rename': return renameEntry(directory, actor, operation.request)
    case 'delete': return deleteEntry(directory, actor, operation.dn, hasControl(controls, control.treeDelete) ? 'tree' : 'leaf', options.deletedObjects)
  }
}

function answerExtended(session: Session, id: number, oid: string): Buffer {
  return oid === extension.whoAmI ? encodeExtended(id, succeeded, { value: whoAmI(session) }) : encodeExtended(id, unknownExtension(), {})
}

/** RFC 4532, in the form of MS-ADTS 3.1.1.3.4.2.3: `u:CONTOSO\name`, empty for nobody. */
function whoAmI({ directory, actor }: Session): string {
  if (actor.kind !== 'account') return ''
  return `u:${directory.domain.netBiosName}\\${textOf(directory.store.get(actor.id), 'sAMAccountName') ?? ''}`
}
